//! Writing the words of a job, in the transaction of its change.

use formhand_domain::Job;
use rusqlite::params;

use super::super::super::db::Db;
use crate::{StoreError, rules};

/// Of a new job.
pub(in super::super) fn insert(conn: &Db, job: &Job) -> Result<(), StoreError> {
    let words = conn.seal.words(job).join(" ");
    conn.prepare_cached("INSERT INTO job_texts (job, words, dirty) VALUES (?1, ?2, 1)")?
        .execute(params![job.id.to_string(), words])?;
    Ok(())
}

/// Of a job that has changed.
pub(in super::super) fn update(conn: &Db, before: &Job, after: &Job) -> Result<(), StoreError> {
    if !rules::has_other_words(before, after) {
        return Ok(());
    }
    let words = conn.seal.words(after).join(" ");
    conn.prepare_cached(
        "UPDATE job_texts SET was = CASE WHEN dirty THEN was ELSE words END, words = ?2, dirty = 1
         WHERE job = ?1 AND words <> ?2",
    )?
    .execute(params![after.id.to_string(), words])?;
    Ok(())
}
