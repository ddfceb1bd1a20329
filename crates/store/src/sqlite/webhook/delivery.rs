//! Deliveries one by one.

use formhand_domain::WebhookName;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, named_params, params};

use super::super::db::Db;
use super::super::{json, time, writer::Write};
use crate::{
    Delivery, DeliveryState, NewDelivery, StoreError,
    seal::{Places, Seal},
};

/// What [`read`] reads, in its order.
pub(in super::super) const COLUMNS: &str =
    "webhook, id, kind, job, body, made_at, revision, format, state, tries";

/// Makes those that are not there, to be sent at once.
pub(super) fn make(
    to: &mut Write<'_>,
    webhook: &WebhookName,
    new: &[NewDelivery],
    now: Timestamp,
) -> Result<(), StoreError> {
    let state = DeliveryState::Pending {
        next_at: now,
        tries: 0,
    };
    let state = json::encode(&state)?;
    let mut insert = to.conn.prepare_cached(
        "INSERT INTO deliveries (webhook, id, kind, job, body, made_at, revision, status, next_at, format, state, tries)
         VALUES (:webhook, :id, :kind, :job, :body, :now, 1, 'pending', :now, :format, :state, '[]')
         ON CONFLICT (webhook, id) DO NOTHING",
    )?;
    for message in new {
        insert.execute(named_params! {
            ":webhook": webhook.as_str(),
            ":id": message.id,
            ":kind": message.kind,
            ":job": message.job.map(|job| job.to_string()),
            ":body": to.conn.seal.text(&Places::delivery(webhook.as_str(), &message.id), message.body.clone()),
            ":now": time::stored(now),
            ":format": json::FORMAT,
            ":state": state,
        })?;
    }
    Ok(())
}

/// One of them.
pub(super) fn find(
    conn: &Db,
    webhook: &WebhookName,
    id: &str,
) -> Result<Option<Delivery>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM deliveries WHERE webhook = ?1 AND id = ?2");
    conn.prepare_cached(&sql)?
        .query_row(params![webhook.as_str(), id], |row| {
            Ok(read(&conn.seal, row))
        })
        .optional()?
        .transpose()
}

/// Writes state and tries of one, if it is still the one that was read.
pub(super) fn save(to: &mut Write<'_>, changed: &Delivery) -> Result<bool, StoreError> {
    let was: i64 = json::parse(i64::try_from(changed.revision))?;
    let rows = to
        .conn
        .prepare_cached(
            "UPDATE deliveries SET revision = revision + 1, status = :status, next_at = :next_at, ended_at = :ended_at,
                format = :format, state = :state, tries = :tries
             WHERE webhook = :webhook AND id = :id AND revision = :was",
        )?
        .execute(named_params! {
            ":webhook": changed.webhook.as_str(),
            ":id": changed.message.id,
            ":was": was,
            ":status": changed.state.as_str(),
            ":next_at": changed.state.next_at().map(time::stored),
            ":ended_at": changed.state.ended_at().map(time::stored),
            ":format": json::FORMAT,
            ":state": json::encode(&changed.state)?,
            ":tries": json::encode(&changed.tries)?,
        })?;
    Ok(rows == 1)
}

/// The delivery of a row with [`COLUMNS`].
pub(in super::super) fn read(seal: &Seal, row: &Row<'_>) -> Result<Delivery, StoreError> {
    let (webhook, job): (String, Option<String>) = (row.get(0)?, row.get(3)?);
    let id: String = row.get(1)?;
    let body = seal.open_text(&Places::delivery(&webhook, &id), row.get(4)?)?;
    let (revision, format): (i64, i64) = (row.get(6)?, row.get(7)?);
    let (state, tries): (String, String) = (row.get(8)?, row.get(9)?);
    Ok(Delivery {
        webhook: json::parse(WebhookName::new(webhook))?,
        message: NewDelivery {
            id,
            kind: row.get(2)?,
            job: job.map(|job| json::parse(job.parse())).transpose()?,
            body,
        },
        made_at: time::read(row.get(5)?)?,
        revision: json::parse(u64::try_from(revision))?,
        state: json::decode(format, &state)?,
        tries: json::decode(format, &tries)?,
    })
}
