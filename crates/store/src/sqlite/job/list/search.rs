//! Finding jobs by their words: those that the index has, and those that wait for it, in one order.

use rusqlite::{OptionalExtension, params, params_from_iter};

use super::super::super::db::Db;
use super::{
    sql::Query,
    walk::{Looking, Walked},
};
use crate::{Cursor, JobFilter, StoreError};

/// Finds jobs behind `after`, so many at most.
pub(super) fn search(
    conn: &Db,
    filter: &JobFilter,
    after: Option<Cursor>,
    goal: usize,
) -> Result<Walked, StoreError> {
    let before = number_before(conn, after)?;
    let mut waiting = waiting(conn, filter, before)?.into_iter().peekable();
    let query = Query::of_words(filter, before);
    let mut statement = conn.prepare_cached(&query.sql)?;
    let mut rows = statement.query(params_from_iter(query.values))?;
    let mut looking = Looking::new(goal);
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        while let Some((_, id)) = waiting.next_if(|(waiting, _)| *waiting > number) {
            if !looking.at(id, true) {
                return Ok(looking.walked);
            }
        }
        if !looking.at(row.get(1)?, row.get(2)?) {
            return Ok(looking.walked);
        }
    }
    for (_, id) in waiting {
        if !looking.at(id, true) {
            break;
        }
    }
    Ok(looking.walked)
}

/// The jobs that fit and wait for the index, the last that came first. There are never many.
fn waiting(conn: &Db, filter: &JobFilter, before: i64) -> Result<Vec<(i64, String)>, StoreError> {
    let query = Query::of_waiting_words(filter, before);
    let mut statement = conn.prepare_cached(&query.sql)?;
    let mut rows = statement.query(params_from_iter(query.values))?;
    let mut fitting = Vec::new();
    while let Some(row) = rows.next()? {
        let words: String = row.get(3)?;
        let has_words = filter.text.as_ref().is_some_and(|text| text.fits(&words));
        if row.get(2)? && has_words {
            fitting.push((row.get(0)?, row.get(1)?));
        }
    }
    Ok(fitting)
}

/// The number that a page begins before. The job that the last one ended with may be gone by now.
fn number_before(conn: &Db, after: Option<Cursor>) -> Result<i64, StoreError> {
    let Some(Cursor(id)) = after else {
        return Ok(i64::MAX);
    };
    let id = id.to_string();
    let nearest: Option<(i64, String)> = conn
        .prepare_cached(
            "SELECT number, job FROM job_texts WHERE job <= ?1 ORDER BY job DESC LIMIT 1",
        )?
        .query_row(params![id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match nearest {
        Some((number, job)) if job == id => number,
        Some((number, _)) => number.saturating_add(1),
        None => 0,
    })
}
