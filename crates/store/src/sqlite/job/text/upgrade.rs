//! The words of the jobs that were there before words were kept.

use rusqlite::{Connection, params};

use super::{super::row::Columns, index::put_in};
use crate::{StoreError, rules, seal::Seal};

/// Finds the words of all jobs, oldest first.
pub(in super::super::super) fn upgrade(conn: &Connection) -> Result<(), StoreError> {
    let mut jobs = conn.prepare("SELECT id, format, job FROM jobs ORDER BY id")?;
    let mut add =
        conn.prepare("INSERT INTO job_texts (number, job, words, dirty) VALUES (?1, ?2, ?3, 0)")?;
    let mut rows = jobs.query([])?;
    let mut number: i64 = 0;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let job = match Columns::of(row)?.job(&Seal::plain()) {
            Ok(job) => job,
            // Whoever reads it is told. It is no reason to keep a server from all the others.
            Err(error) => {
                tracing::warn!(job = id, %error, "a job is not found by its words");
                continue;
            }
        };
        let words = rules::words_of_job(&job).join(" ");
        if words.is_empty() {
            continue;
        }
        number += 1;
        add.execute(params![number, id, words])?;
        put_in(conn, number, &words)?;
    }
    Ok(())
}
