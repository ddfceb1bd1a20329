//! A job as a row. The only place that knows how the columns follow from the job.

use formhand_domain::{BusinessKey, IdempotencyKey, Job, JobId};
use rusqlite::{OptionalExtension, Row, named_params, params};

use super::super::db::Db;
use super::{
    super::{error::is_taken, json, time},
    text,
};
use crate::{
    StoreError,
    rules::Place,
    seal::{Field, Places, Seal},
};

/// Why a row was not written.
pub(super) enum NotWritten {
    /// Another job has one of its keys.
    Taken,
    /// The store's fault.
    Store(StoreError),
}

impl<E: Into<StoreError>> From<E> for NotWritten {
    fn from(error: E) -> Self {
        Self::Store(error.into())
    }
}

/// Writes a new job.
pub(super) fn insert(
    conn: &Db,
    job: &Job,
    idempotency_key: Option<&IdempotencyKey>,
) -> Result<(), NotWritten> {
    let place = Place::of(job)?;
    let business_key = job.business_key.as_ref().map(BusinessKey::as_str);
    let key = idempotency_key.map(IdempotencyKey::as_str);
    let done = conn
        .prepare_cached(
            "INSERT INTO jobs (id, portal, account, caller_id, business_key, idempotency_key, idempotency_sealed, created_at,
                 status, outcome, attempts, fence, due_at, search_at, finished_at, lease_owner, lease_expires_at,
                 holds_key, format, job)
             VALUES (:id, :portal, :account, :caller_id, :business_key, :idempotency_key, :idempotency_sealed, :created_at,
                 :status, :outcome, :attempts, :fence, :due_at, :search_at, :finished_at, :lease_owner, :lease_expires_at,
                 :holds_key, :format, :job)",
        )?
        .execute(named_params! {
            ":id": job.id.to_string(),
            ":portal": job.portal.as_str(),
            ":account": job.account.as_str(),
            ":caller_id": conn.seal.key(Field::CallerId, job.caller_id.as_str()),
            ":business_key": business_key.map(|key| conn.seal.key(Field::BusinessKey, key)),
            ":idempotency_key": key.map(|key| conn.seal.key(Field::IdempotencyKey, key)),
            ":idempotency_sealed": sealed_key(conn, job, key),
            ":created_at": time::stored(job.created_at),
            ":status": place.status,
            ":outcome": job.outcome().as_str(),
            ":attempts": place.attempts,
            ":fence": place.fence,
            ":due_at": place.due_at,
            ":search_at": place.search_at,
            ":finished_at": place.finished_at,
            ":lease_owner": place.lease_owner,
            ":lease_expires_at": place.lease_expires_at,
            ":holds_key": place.holds_key,
            ":format": json::FORMAT,
            ":job": conn.seal.job(job)?,
        });
    written(done)?;
    Ok(text::insert(conn, job)?)
}

/// Writes `after` over `before`, on the condition that `before` is what the row still holds.
pub(super) fn update(conn: &Db, before: &Job, after: &Job) -> Result<(), NotWritten> {
    write(conn, before, after)?;
    Ok(text::update(conn, before, after)?)
}

fn write(conn: &Db, before: &Job, after: &Job) -> Result<(), NotWritten> {
    let (was, place) = (Place::of(before)?, Place::of(after)?);
    if was == place {
        return advance(conn, before, after, &place);
    }
    let done = conn
        .prepare_cached(
            "UPDATE jobs SET status = :status, outcome = :outcome, attempts = :attempts, fence = :fence,
                 due_at = :due_at, search_at = :search_at, finished_at = :finished_at, lease_owner = :lease_owner,
                 lease_expires_at = :lease_expires_at, holds_key = :holds_key, forgotten = :forgotten,
                 format = :format, job = :job
             WHERE id = :id AND status = :was_status AND fence = :was_fence AND outcome = :was_outcome",
        )?
        .execute(named_params! {
            ":id": after.id.to_string(),
            ":status": place.status,
            ":outcome": after.outcome().as_str(),
            ":attempts": place.attempts,
            ":fence": place.fence,
            ":due_at": place.due_at,
            ":search_at": place.search_at,
            ":finished_at": place.finished_at,
            ":lease_owner": place.lease_owner,
            ":lease_expires_at": place.lease_expires_at,
            ":holds_key": place.holds_key,
            ":forgotten": place.forgotten,
            ":format": json::FORMAT,
            ":job": conn.seal.job(after)?,
            ":was_status": was.status,
            ":was_fence": was.fence,
            ":was_outcome": before.outcome().as_str(),
        });
    written(done)
}

/// The same for a step within an attempt, which moves no column of an index. Most writes are such steps, and not
/// naming the other columns spares SQLite the rewriting of all their indexes.
fn advance(conn: &Db, before: &Job, after: &Job, place: &Place<'_>) -> Result<(), NotWritten> {
    let done = conn
        .prepare_cached(
            "UPDATE jobs SET outcome = :outcome, format = :format, job = :job
             WHERE id = :id AND status = :status AND fence = :fence AND outcome = :was_outcome",
        )?
        .execute(named_params! {
            ":id": after.id.to_string(),
            ":outcome": after.outcome().as_str(),
            ":format": json::FORMAT,
            ":job": conn.seal.job(after)?,
            ":status": place.status,
            ":fence": place.fence,
            ":was_outcome": before.outcome().as_str(),
        });
    written(done)
}

/// Reads a job.
pub(super) fn read(conn: &Db, id: JobId) -> Result<Option<Job>, StoreError> {
    conn.prepare_cached("SELECT id, format, job FROM jobs WHERE id = ?1")?
        .query_row(params![id.to_string()], Columns::of)
        .optional()?
        .map(|row| row.job(&conn.seal))
        .transpose()
}

/// The columns `id`, `format` and `job` of a row.
pub(in super::super) struct Columns {
    id: String,
    format: i64,
    job: String,
}

impl Columns {
    /// Reads them.
    pub(in super::super) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            format: row.get(1)?,
            job: row.get(2)?,
        })
    }

    /// The job of a row.
    pub(in super::super) fn job(self, seal: &Seal) -> Result<Job, StoreError> {
        seal.open_job(&self.id, self.format, self.job)
    }
}

/// The key of a call, which is no part of its job: its hash is not enough for who copies the store.
fn sealed_key(conn: &Db, job: &Job, key: Option<&str>) -> Option<String> {
    let key = key.filter(|_| conn.seal.is_on())?;
    let place = Places::idempotency_key(&job.id.to_string());
    Some(conn.seal.text(&place, key.to_owned()))
}

/// The id of a row, which was checked when it was written.
pub(super) fn id(text: &str) -> Result<JobId, StoreError> {
    json::parse(text.parse())
}

/// The job that keeps `job` from its business key or, failing that, from its caller's id.
pub(super) fn holder(conn: &Db, job: &Job) -> Result<Option<JobId>, StoreError> {
    let by_business_key =
        "SELECT id FROM jobs WHERE portal = ?1 AND business_key = ?2 AND holds_key = 1";
    let by_caller_id = "SELECT id FROM jobs WHERE portal = ?1 AND caller_id = ?2 AND holds_key = 1";
    let business_key = job.business_key.as_ref().map(BusinessKey::as_str);
    let business_key = business_key.map(|key| conn.seal.key(Field::BusinessKey, key));
    let caller_id = Some(conn.seal.key(Field::CallerId, job.caller_id.as_str()));
    for (sql, key) in [(by_business_key, business_key), (by_caller_id, caller_id)] {
        let Some(key) = key else { continue };
        let found: Option<String> = conn
            .prepare_cached(sql)?
            .query_row(params![job.portal.as_str(), key], |row| row.get(0))
            .optional()?;
        if let Some(found) = found {
            return id(&found).map(Some);
        }
    }
    Ok(None)
}

fn written(done: rusqlite::Result<usize>) -> Result<(), NotWritten> {
    match done {
        Ok(1) => Ok(()),
        // The writer holds the database's write lock from before it read the job, so this is a fault of ours.
        Ok(rows) => Err(StoreError::Backend(format!("{rows} rows written instead of 1")).into()),
        Err(error) if is_taken(&error) => Err(NotWritten::Taken),
        Err(error) => Err(error.into()),
    }
}
