//! The rows that hold something to be sealed, table by table: read with one seal and written with another.

use formhand_domain::{AccountKey, BusinessKey, Job};
use rusqlite::{Connection, Row, params};

use super::super::{account, audit, job::Columns};
use crate::{
    StoreError,
    seal::{Field, Places, Seal},
};

/// From which seal to which.
pub(super) struct Change<'a> {
    pub(super) from: &'a Seal,
    pub(super) to: &'a Seal,
}

/// What is written into a row: the values of `SET`, in their order, and the row.
type Written = Vec<rusqlite::types::Value>;

/// One table.
pub(super) struct Table {
    /// All rows with something in them.
    select: &'static str,
    /// Writes one back.
    update: &'static str,
    change: fn(&Change<'_>, &Row<'_>) -> Result<Written, StoreError>,
}

/// All of them.
pub(super) const TABLES: [Table; 6] = [
    Table {
        select: "SELECT id, format, job, idempotency_key, idempotency_sealed, rowid FROM jobs",
        update: "UPDATE jobs SET job = ?1, caller_id = ?2, business_key = ?3, idempotency_key = ?4,
            idempotency_sealed = ?5 WHERE rowid = ?6",
        change: of_job,
    },
    Table {
        select: "SELECT seq, at, job, event, writer, from_status, to_status, stage, attempt, failure, format, note
            FROM audit WHERE failure IS NOT NULL OR note IS NOT NULL",
        update: "UPDATE audit SET failure = ?1, note = ?2 WHERE seq = ?3",
        change: of_entry,
    },
    Table {
        select: "SELECT id, picture, answer FROM questions",
        update: "UPDATE questions SET picture = ?1, answer = ?2 WHERE id = ?3",
        change: of_question,
    },
    Table {
        select: "SELECT webhook, id, body FROM deliveries",
        update: "UPDATE deliveries SET body = ?1 WHERE webhook = ?2 AND id = ?3",
        change: of_delivery,
    },
    Table {
        select: "SELECT portal, account, number, event, detail, seq FROM session_events",
        update: "UPDATE session_events SET detail = ?1 WHERE seq = ?2",
        change: of_session_event,
    },
    Table {
        select: "SELECT portal, account, state FROM sessions",
        update: "UPDATE sessions SET state = ?1 WHERE portal = ?2 AND account = ?3",
        change: of_session,
    },
];

impl Table {
    /// Changes all its rows, and gives how many they were.
    pub(super) fn change(
        &self,
        conn: &Connection,
        change: &Change<'_>,
        mut tell: impl FnMut(u64),
    ) -> Result<u64, StoreError> {
        let mut select = conn.prepare(self.select)?;
        let mut update = conn.prepare(self.update)?;
        let mut rows = select.query([])?;
        let mut done = 0;
        while let Some(row) = rows.next()? {
            let written = (self.change)(change, row)?;
            update.execute(rusqlite::params_from_iter(written))?;
            done += 1;
            tell(done);
        }
        Ok(done)
    }
}

fn of_job(change: &Change<'_>, row: &Row<'_>) -> Result<Written, StoreError> {
    let id: String = row.get(0)?;
    let (key, sealed): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
    let place = Places::idempotency_key(&id);
    let key = match sealed {
        Some(sealed) => Some(change.from.open_text(&place, sealed)?),
        None => key,
    };
    let job: Job = Columns::of(row)?.job(change.from)?;
    let to = change.to;
    let business_key = job.business_key.as_ref().map(BusinessKey::as_str);
    let business_key = business_key.map(|key| to.key(Field::BusinessKey, key).into_owned());
    let hashed = key.as_ref();
    let hashed = hashed.map(|key| to.key(Field::IdempotencyKey, key).into_owned());
    Ok(vec![
        to.job(&job)?.into(),
        to.key(Field::CallerId, job.caller_id.as_str())
            .into_owned()
            .into(),
        business_key.into(),
        hashed.into(),
        key.map(|key| to.text(&place, key)).into(),
        row.get(5)?,
    ])
}

fn of_entry(change: &Change<'_>, row: &Row<'_>) -> Result<Written, StoreError> {
    let entry = audit::entry(change.from, row)?;
    let (failure, note) = change.to.entry(&entry)?;
    Ok(vec![failure.into(), note.into(), row.get(0)?])
}

fn of_question(change: &Change<'_>, row: &Row<'_>) -> Result<Written, StoreError> {
    let id: String = row.get(0)?;
    let answer: Option<String> = row.get(2)?;
    let (picture_at, answer_at) = (
        Places::question(&id, "picture"),
        Places::question(&id, "answer"),
    );
    let picture = change.from.open_bytes(&picture_at, row.get(1)?)?;
    let picture = change.to.bytes(&picture_at, &picture).into_owned();
    let answer = answer
        .map(|answer| change.from.open_text(&answer_at, answer))
        .transpose()?
        .map(|answer| change.to.text(&answer_at, answer));
    Ok(vec![picture.into(), answer.into(), id.into()])
}

fn of_delivery(change: &Change<'_>, row: &Row<'_>) -> Result<Written, StoreError> {
    let (webhook, id): (String, String) = (row.get(0)?, row.get(1)?);
    let place = Places::delivery(&webhook, &id);
    let body = change.from.open_text(&place, row.get(2)?)?;
    Ok(vec![
        change.to.text(&place, body).into(),
        webhook.into(),
        id.into(),
    ])
}

fn of_session_event(change: &Change<'_>, row: &Row<'_>) -> Result<Written, StoreError> {
    let (portal, account): (String, String) = (row.get(0)?, row.get(1)?);
    let event: String = row.get(3)?;
    let place = Places::session_event(&portal, &account, row.get(2)?);
    let detail = change.from.open_object(&place, row.get(4)?)?;
    let detail = change.to.object(&place, ("event", &event), detail);
    Ok(vec![detail.into(), row.get(5)?])
}

fn of_session(change: &Change<'_>, row: &Row<'_>) -> Result<Written, StoreError> {
    let (portal, account): (String, String) = (row.get(0)?, row.get(1)?);
    let of: AccountKey = account::key(portal.clone(), account.clone())?;
    let place = Places::session(&of);
    let state = change.from.open_text(&place, row.get(2)?)?;
    Ok(vec![
        change.to.text(&place, state).into(),
        portal.into(),
        account.into(),
    ])
}

/// The words that jobs are found by, anew; nothing is indexed of them yet.
pub(super) fn find_words(conn: &Connection, seal: &Seal) -> Result<(), StoreError> {
    let mut select = conn.prepare("SELECT id, format, job FROM jobs")?;
    let mut update =
        conn.prepare("UPDATE job_texts SET words = ?2, dirty = 1, was = NULL WHERE job = ?1")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let job = Columns::of(row)?.job(seal)?;
        update.execute(params![id, seal.words(&job).join(" ")])?;
    }
    Ok(())
}
