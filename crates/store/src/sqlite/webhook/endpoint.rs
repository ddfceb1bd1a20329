//! How webhooks stand.

use formhand_domain::WebhookName;
use rusqlite::{OptionalExtension, Row, params};

use super::super::db::Db;
use super::super::{json, writer::Write};
use crate::{Change, StoreError, Webhook, WebhookState};

/// All of them.
pub(in super::super) const ALL: &str = "SELECT name, place, revision, state FROM webhooks";

/// All of them, in the order of their names.
pub(super) fn all(conn: &Db) -> Result<Vec<Webhook>, StoreError> {
    let sql = format!("{ALL} ORDER BY name");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// One of them.
pub(super) fn find(conn: &Db, name: &WebhookName) -> Result<Option<Webhook>, StoreError> {
    let sql = format!("{ALL} WHERE name = ?1");
    conn.prepare_cached(&sql)?
        .query_row(params![name.as_str()], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// Begins one, unless it is known.
pub(super) fn begin(
    to: &mut Write<'_>,
    name: &WebhookName,
    place: u64,
) -> Result<Webhook, StoreError> {
    let state = json::encode(&WebhookState::default())?;
    to.conn
        .prepare_cached(
            "INSERT INTO webhooks (name, place, revision, state) VALUES (?1, ?2, 1, ?3) ON CONFLICT (name) DO NOTHING",
        )?
        .execute(params![name.as_str(), stored(place)?, state])?;
    find(to.conn, name)?.ok_or_else(|| StoreError::Corrupt("a webhook that was written".into()))
}

/// Writes how one stands, if that is still what was read.
pub(super) fn save(
    to: &mut Write<'_>,
    name: &WebhookName,
    was: u64,
    state: &WebhookState,
) -> Result<bool, StoreError> {
    let rows = to
        .conn
        .prepare_cached(
            "UPDATE webhooks SET revision = revision + 1, state = ?3 WHERE name = ?1 AND revision = ?2",
        )?
        .execute(params![name.as_str(), stored(was)?, json::encode(state)?])?;
    if rows == 1 {
        to.tell(Change::Webhook);
    }
    Ok(rows == 1)
}

/// Moves the place of one on.
pub(super) fn advance(
    to: &mut Write<'_>,
    name: &WebhookName,
    place: u64,
) -> Result<(), StoreError> {
    to.conn
        .prepare_cached("UPDATE webhooks SET place = ?2 WHERE name = ?1 AND place < ?2")?
        .execute(params![name.as_str(), stored(place)?])?;
    Ok(())
}

/// The webhook of a row of [`ALL`].
pub(in super::super) fn read(row: &Row<'_>) -> Result<Webhook, StoreError> {
    let (name, state): (String, String) = (row.get(0)?, row.get(3)?);
    let (place, revision): (i64, i64) = (row.get(1)?, row.get(2)?);
    Ok(Webhook {
        name: json::parse(WebhookName::new(name))?,
        place: json::parse(u64::try_from(place))?,
        revision: json::parse(u64::try_from(revision))?,
        state: json::decode(json::FORMAT, &state)?,
    })
}

fn stored(number: u64) -> Result<i64, StoreError> {
    json::parse(i64::try_from(number))
}
