//! Taking in a record.
//!
//! The unique indexes decide. Only when one of them refuses is it asked which job stands in the way.

use formhand_domain::{IdempotencyKey, Job, JobId, NewJob, Writer};
use rusqlite::{OptionalExtension, params};

use super::super::db::Db;
use super::{
    super::{audit, writer::Write},
    row::{self, NotWritten},
};
use crate::{StoreError, Submitted, rules, seal::Field};

/// Takes in a record.
pub(in super::super) fn submit(
    write: &mut Write<'_>,
    new: NewJob,
) -> Result<Submitted, StoreError> {
    let NewJob {
        job,
        idempotency_key,
    } = new;
    rules::check_new(&job)?;
    let key = idempotency_key.as_ref();
    let id = job.id;
    match row::insert(write.conn, &job, key) {
        Ok(()) => {
            audit::write(write, "submit", &Writer::Queue, None, &job, job.created_at)?;
            Ok(Submitted::Stored(id))
        }
        Err(NotWritten::Store(error)) => Err(error),
        Err(NotWritten::Taken) => {
            if let Some(first) = replayed(write.conn, key)? {
                return Ok(Submitted::Replayed(first));
            }
            let of = row::holder(write.conn, &job)?
                .ok_or_else(|| StoreError::Backend(format!("job {id} is there already")))?;
            store_duplicate(write, job, key, of)
        }
    }
}

fn store_duplicate(
    write: &mut Write<'_>,
    job: Job,
    key: Option<&IdempotencyKey>,
    of: JobId,
) -> Result<Submitted, StoreError> {
    let job = rules::duplicate(job, of);
    match row::insert(write.conn, &job, key) {
        Ok(()) => {
            audit::write(write, "submit", &Writer::Queue, None, &job, job.created_at)?;
            Ok(Submitted::Duplicate { stored: job.id, of })
        }
        // A finished job that was not filed holds no key, so only its own id can be taken.
        Err(NotWritten::Taken) => Err(StoreError::Backend(format!(
            "job {} is there already",
            job.id
        ))),
        Err(NotWritten::Store(error)) => Err(error),
    }
}

/// The job that the same call made before.
fn replayed(conn: &Db, key: Option<&IdempotencyKey>) -> Result<Option<JobId>, StoreError> {
    let Some(key) = key else { return Ok(None) };
    let found: Option<String> = conn
        .prepare_cached("SELECT id FROM jobs WHERE idempotency_key = ?1")?
        .query_row(
            params![conn.seal.key(Field::IdempotencyKey, key.as_str())],
            |row| row.get(0),
        )
        .optional()?;
    found.as_deref().map(row::id).transpose()
}
