//! Many deliveries at once.

use formhand_domain::WebhookName;
use jiff::Timestamp;
use rusqlite::{Params, named_params, params};

use super::super::db::Db;
use super::{
    super::{json, time},
    delivery::{COLUMNS, read},
};
use crate::{Delivery, DeliveryCount, DeliveryCursor, DeliveryFilter, DeliveryPage, StoreError};

/// More than anybody reads at once.
const MOST: u32 = 500;

/// Those that are to be sent.
pub(super) fn due(
    conn: &Db,
    webhook: &WebhookName,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Delivery>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM deliveries WHERE webhook = ?1 AND next_at <= ?2 ORDER BY next_at, id LIMIT ?3"
    );
    all(
        conn,
        &sql,
        params![webhook.as_str(), time::present(now), limit],
    )
}

/// When the next one is due.
pub(super) fn next_at(conn: &Db, webhook: &WebhookName) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = conn
        .prepare_cached(
            "SELECT min(next_at) FROM deliveries WHERE webhook = ?1 AND next_at IS NOT NULL",
        )?
        .query_row(params![webhook.as_str()], |row| row.get(0))?;
    at.map(time::read).transpose()
}

/// A page of them, newest first.
pub(super) fn page(
    conn: &Db,
    webhook: &WebhookName,
    filter: &DeliveryFilter,
    after: Option<&DeliveryCursor>,
    limit: u32,
) -> Result<DeliveryPage, StoreError> {
    let limit = limit.min(MOST);
    let mut sql = format!("SELECT {COLUMNS} FROM deliveries WHERE webhook = :webhook");
    // A condition that is not asked for is always true, and keeps its parameter.
    sql += match filter.state {
        Some(_) => " AND status = :state",
        None => " AND :state IS NULL",
    };
    sql += match filter.job {
        Some(_) => " AND job = :job",
        None => " AND :job IS NULL",
    };
    sql += " AND made_at >= :since AND (made_at, id) < (:made_at, :id) ORDER BY made_at DESC, id DESC LIMIT :limit";
    let made_at = after.map_or(i64::MAX, |after| time::stored(after.made_at));
    let named = named_params! {
        ":webhook": webhook.as_str(),
        ":state": filter.state,
        ":job": filter.job.map(|job| job.to_string()),
        ":since": filter.since.map_or(i64::MIN, time::stored),
        ":made_at": made_at,
        ":id": after.map_or("", |after| after.id.as_str()),
        // One more, to know whether there is one.
        ":limit": limit + 1,
    };
    let deliveries = all(conn, &sql, named)?;
    Ok(DeliveryPage::of(deliveries, limit))
}

/// How many there are of each webhook and state.
pub(super) fn counts(conn: &Db) -> Result<Vec<DeliveryCount>, StoreError> {
    conn.prepare_cached(
        "SELECT webhook, status, count(*), min(made_at), max(ended_at) FROM deliveries GROUP BY webhook, status",
    )?
    .query_map([], |row| {
        let (webhook, state): (String, String) = (row.get(0)?, row.get(1)?);
        let (count, oldest, last): (i64, i64, Option<i64>) =
            (row.get(2)?, row.get(3)?, row.get(4)?);
        Ok((webhook, state, count, oldest, last))
    })?
    .map(|row| {
        let (webhook, state, count, oldest, last) = row?;
        Ok(DeliveryCount {
            webhook: json::parse(WebhookName::new(webhook))?,
            state,
            count: json::parse(u64::try_from(count))?,
            oldest_made_at: time::read(oldest)?,
            last_ended_at: last.map(time::read).transpose()?,
        })
    })
    .collect()
}

fn all(conn: &Db, sql: &str, params: impl Params) -> Result<Vec<Delivery>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(&conn.seal, row)?);
    }
    Ok(found)
}
