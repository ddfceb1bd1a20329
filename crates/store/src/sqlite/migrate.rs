//! The schema, as numbered steps. A step that was published is never changed; a new one is added.

use rusqlite::{Connection, TransactionBehavior};

use super::{chain, job};
use crate::StoreError;

/// Step n brings a database of version n to version n + 1.
const STEPS: &[Step] = &[
    Step::sql(include_str!("migrations/0001_start.sql")),
    Step::sql(include_str!("migrations/0002_sessions.sql")),
    Step::sql(include_str!("migrations/0003_searches.sql")),
    Step::sql(include_str!("migrations/0004_retention.sql")),
    Step::sql(include_str!("migrations/0005_many_nodes.sql")),
    Step::sql(include_str!("migrations/0006_moves.sql")),
    Step {
        sql: include_str!("migrations/0007_listing.sql"),
        then: Some(job::upgrade_texts),
    },
    Step::sql(include_str!("migrations/0008_slates.sql")),
    Step::sql(include_str!("migrations/0009_notes.sql")),
    Step::sql(include_str!("migrations/0010_webhooks.sql")),
    Step {
        sql: include_str!("migrations/0011_audit_chain.sql"),
        then: Some(chain::begin),
    },
    Step::sql(include_str!("migrations/0012_seal.sql")),
];

type Then = fn(&Connection) -> Result<(), StoreError>;

struct Step {
    sql: &'static str,
    /// What SQL cannot say.
    then: Option<Then>,
}

impl Step {
    const fn sql(sql: &'static str) -> Self {
        Self { sql, then: None }
    }

    fn take(&self, conn: &Connection) -> Result<(), StoreError> {
        conn.execute_batch(self.sql)?;
        self.then.map_or(Ok(()), |then| then(conn))
    }
}

/// The first version that can be moved to another database.
pub(super) const WITH_MOVES: u32 = 6;

/// Marks the file as Formhand's in its header (`FmHd`), so that another program's file is not taken over.
const APPLICATION: i64 = 0x466D_4864;

/// The newest version that is known here.
pub(super) fn known() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

/// Brings the schema up to date.
pub(super) fn migrate(conn: &mut Connection) -> Result<(), StoreError> {
    let known = known();
    // The version is read under the write lock, so that two processes do not both take the same step.
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    check_owner(&transaction, found)?;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    for step in STEPS.iter().skip(found as usize) {
        step.take(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

/// The version of a file, if this program can work on it; nothing if it is new. Nothing is changed.
pub(super) fn present(conn: &Connection) -> Result<Option<u32>, StoreError> {
    let (found, known) = (version(conn)?, known());
    check_owner(conn, found)?;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    Ok((found > 0).then_some(found))
}

fn version(conn: &Connection) -> Result<u32, StoreError> {
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    u32::try_from(found).map_err(|_| StoreError::Corrupt(format!("schema version {found}")))
}

fn check_owner(conn: &Connection, found: u32) -> Result<(), StoreError> {
    let application: i64 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let new = found == 0 && application == 0 && tables == 0;
    if new || application == APPLICATION {
        Ok(())
    } else {
        Err(StoreError::Corrupt(
            "the file is a database of another program".into(),
        ))
    }
}

/// How SQLite would read what a statement asks for.
#[cfg(test)]
pub(super) fn plan(sql: &str) -> String {
    let mut conn = Connection::open_in_memory().unwrap();
    migrate(&mut conn).unwrap();
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let any = vec![rusqlite::types::Null; statement.parameter_count()];
    let rows = statement.query_map(rusqlite::params_from_iter(any), |row| row.get(3));
    let rows: Vec<String> = rows.unwrap().map(Result::unwrap).collect();
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDED: &str = "
        INSERT INTO jobs (id, portal, account, caller_id, created_at, status, outcome, attempts, fence, finished_at,
            holds_key, format, job)
        VALUES ('01KE6P2R00000000000000000A', 'practice', 'broker', 'a', 0, 'cancelled', 'not_submitted', 0, 0, 1,
                0, 1, '{}'),
            ('01KE6P2R00000000000000000B', 'practice', 'broker', 'b', 0, 'completed', 'submitted', 1, 1, 1,
                1, 1, '{}');
        INSERT INTO audit (at, job, event, writer, to_status, attempt, format)
        VALUES (0, '01KE6P2R00000000000000000A', 'submit', '{}', 'pending', 0, 1),
            (0, '01KE6P2R00000000000000000B', 'submit', '{}', 'pending', 0, 1),
            (1, '01KE6P2R00000000000000000A', 'cancel', '{}', 'cancelled', 0, 1);";

    fn audit(conn: &Connection) -> String {
        let rows = "SELECT group_concat(seq || ' ' || event, ', ') FROM audit";
        let found: Option<String> = conn.query_row(rows, [], |row| row.get(0)).unwrap();
        found.unwrap_or_default()
    }

    fn job(id: &str, label: &str) -> String {
        let state = r#"{"state":"pending","due_at":"2026-01-05T09:00:00Z"}"#;
        format!(
            r#"{{"id":"{id}","portal":"practice","flow":"motor","account":"broker","caller_id":"a","business_key":null,
            "label":"{label}","record":{{}},"created_at":"2026-01-05T09:00:00Z","attempts":0,"fence":0,"state":{state}}}"#
        )
    }

    #[test]
    fn jobs_of_the_sixth_version_are_counted_and_found_by_their_words() {
        let mut conn = Connection::open_in_memory().unwrap();
        for step in &STEPS[..6] {
            step.take(&conn).unwrap();
        }
        conn.execute_batch(ENDED).unwrap();
        let (id, text) = ("01KE6P2R00000000000000000C", "Asha Example");
        let new = "INSERT INTO jobs (id, portal, account, caller_id, created_at, status, outcome, attempts, fence, due_at,
                holds_key, format, job)
            VALUES (?1, 'practice', 'broker', 'c', 0, 'pending', 'not_submitted', 0, 0, 1, 1, 1, ?2)";
        conn.execute(new, [id, &job(id, text)]).unwrap();
        conn.pragma_update(None, "application_id", APPLICATION)
            .unwrap();
        conn.pragma_update(None, "user_version", 6).unwrap();
        migrate(&mut conn).unwrap();
        let all = |sql: &str| -> String { conn.query_row(sql, [], |row| row.get(0)).unwrap() };
        let counts = "SELECT group_concat(account || ' ' || status || ' ' || waiting || ' ' || jobs, ', ') FROM job_counts";
        insta::assert_snapshot!(all(counts), @"broker cancelled 0 1, broker completed 0 1, broker pending 1 1");
        let ended =
            "SELECT group_concat(hour || ' ' || status || ' ' || jobs, ', ') FROM job_outcomes";
        insta::assert_snapshot!(all(ended), @"0 cancelled 1, 0 completed 1");
        // What cannot be read is not found, and everything else is.
        let found = "SELECT job || ' ' || job_texts.words || ' ' || dirty FROM job_search
            JOIN job_texts ON number = job_search.rowid WHERE job_search MATCH '\"exa\"*'";
        insta::assert_snapshot!(all(found), @"01KE6P2R00000000000000000C a asha example 0");
    }

    #[test]
    fn an_audit_of_the_third_version_is_kept_and_goes_with_its_job_alone() {
        let mut conn = Connection::open_in_memory().unwrap();
        conn.pragma_update(None, "foreign_keys", true).unwrap();
        for step in &STEPS[..3] {
            step.take(&conn).unwrap();
        }
        conn.execute_batch(ENDED).unwrap();
        conn.pragma_update(None, "application_id", APPLICATION)
            .unwrap();
        conn.pragma_update(None, "user_version", 3).unwrap();
        migrate(&mut conn).unwrap();
        assert_eq!(audit(&conn), "1 submit, 2 submit, 3 cancel");

        for refused in [
            "DELETE FROM audit WHERE seq = 3",
            "DELETE FROM jobs WHERE outcome = 'submitted'",
            "UPDATE audit SET event = 'retry'",
        ] {
            assert!(conn.execute(refused, []).is_err(), "{refused}");
        }
        let removed = conn.execute("DELETE FROM jobs WHERE outcome = 'not_submitted'", []);
        assert_eq!(removed.unwrap(), 1);
        assert_eq!(audit(&conn), "2 submit");
    }
}
