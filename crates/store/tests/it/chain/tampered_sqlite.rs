//! Whoever can write the file can change it. Each way is found, and where.

use formhand_store::{KeptHead, SqliteStore, Store};
use rusqlite::Connection;

use super::support::{head, lived, proof, prove, said};
use crate::backend::Sqlite;

/// What somebody does who is not held by triggers.
async fn after(sql: &str) -> String {
    let place = Sqlite::new();
    let store = SqliteStore::open(place.path()).unwrap();
    lived(&store).await;
    assert!(proof(&store).await.is_ok());
    tamper(&place, sql);
    said(proof(&store).await)
}

fn tamper(place: &Sqlite, sql: &str) {
    let conn = Connection::open(place.path()).unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    let triggers = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema
        WHERE type = 'trigger' AND tbl_name LIKE 'audit%'";
    let drop: String = conn.query_row(triggers, [], |row| row.get(0)).unwrap();
    conn.execute_batch(&drop).unwrap();
    conn.execute_batch(sql).unwrap();
}

#[tokio::test]
async fn an_entry_that_was_changed_is_found() {
    insta::assert_snapshot!(after("UPDATE audit SET event = 'arm' WHERE seq = 3").await, @"the audit is broken: entry 3 says something else than what was written");
    insta::assert_snapshot!(after("UPDATE audit SET at = at + 1 WHERE seq = 1").await, @"the audit is broken: entry 1 says something else than what was written");
    let message = "UPDATE audit SET failure = replace(failure, '\"message\":\"', '\"message\":\"x') WHERE seq = 15";
    insta::assert_snapshot!(after(message).await, @"the audit is broken: entry 15 says something else than what was written");
    insta::assert_snapshot!(after("UPDATE audit SET note = 'x' WHERE seq = 2").await, @"the audit is broken: entry 2 says something else than what was written");
    insta::assert_snapshot!(after("UPDATE audit SET writer = 'nobody' WHERE seq = 2").await, @"the audit is broken: entry 2 cannot be read");
    insta::assert_snapshot!(after("UPDATE audit SET salt = zeroblob(16) WHERE seq = 2").await, @"the audit is broken: entry 2 says something else than what was written");
}

#[tokio::test]
async fn an_act_that_was_changed_is_found() {
    let other = "UPDATE audit_acts SET about = 'practice/other' WHERE seq = 10";
    insta::assert_snapshot!(after(other).await, @"the audit is broken: entry 10 says something else than what was written");
    insta::assert_snapshot!(after("UPDATE audit_acts SET deed = 'x' WHERE seq = 10").await, @"the audit is broken: entry 10 cannot be read");
}

#[tokio::test]
async fn an_entry_that_was_taken_out_is_found() {
    let whole = "DELETE FROM audit WHERE seq = 4; DELETE FROM audit_chain WHERE seq = 4";
    insta::assert_snapshot!(after(whole).await, @"the audit is broken: entry 4 is missing");
    insta::assert_snapshot!(after("DELETE FROM audit WHERE seq = 4").await, @"the audit is broken: entry 4 says nothing any more, and nothing in the chain says that its job was removed");
    insta::assert_snapshot!(after("DELETE FROM audit_chain WHERE seq = 4").await, @"the audit is broken: entry 4 was put there past the chain");
    insta::assert_snapshot!(after("DELETE FROM audit_acts WHERE seq = 10").await, @"the audit is broken: entry 10 says nothing any more, and nothing in the chain says that its job was removed");
}

#[tokio::test]
async fn entries_that_change_places_are_found() {
    let says = "UPDATE audit SET seq = -seq WHERE seq IN (2, 3); UPDATE audit SET seq = 5 + seq WHERE seq < 0";
    insta::assert_snapshot!(after(says).await, @"the audit is broken: entry 2 says something else than what was written");
    let all = format!(
        "{says}; UPDATE audit_chain SET seq = -seq WHERE seq IN (2, 3);
        UPDATE audit_chain SET seq = 5 + seq WHERE seq < 0"
    );
    insta::assert_snapshot!(after(&all).await, @"the audit is broken: entry 2 does not follow from what is before it: it was replaced, or what is before it was");
}

#[tokio::test]
async fn what_was_put_in_is_found() {
    let copied = "INSERT INTO audit (seq, at, job, event, writer, to_status, attempt, format, salt)
        SELECT 99, at, job, event, writer, to_status, attempt, format, salt FROM audit WHERE seq = 1";
    insta::assert_snapshot!(after(copied).await, @"the audit is broken: entry 99 was put there past the chain");
    let before_all = copied.replace("99", "-1");
    insta::assert_snapshot!(after(&before_all).await, @"the audit is broken: entry 0 was put there past the chain");
    let linked = format!(
        "{copied}; INSERT INTO audit_chain SELECT 99, digest, link FROM audit_chain WHERE seq = 1"
    );
    insta::assert_snapshot!(after(&linked).await, @"the audit is broken: entry 16 is missing");
}

#[tokio::test]
async fn a_removal_that_never_was_is_found() {
    let emptied = "DELETE FROM audit WHERE seq IN (1, 2, 3, 4, 5, 6, 7)";
    insta::assert_snapshot!(after(emptied).await, @"the audit is broken: entry 1 says nothing any more, and nothing in the chain says that its job was removed");
    let forged = format!(
        "{emptied}; INSERT INTO audit_acts SELECT 16, at, writer, deed, about, '1-7', salt, format
        FROM audit_acts WHERE deed = 'remove_job'"
    );
    insta::assert_snapshot!(after(&forged).await, @"the audit is broken: entry 16 was put there past the chain");
    let widened =
        format!("{emptied}; UPDATE audit_acts SET detail = '1-9' WHERE deed = 'remove_job'");
    insta::assert_snapshot!(after(&widened).await, @"the audit is broken: entry 11 says something else than what was written");
}

#[tokio::test]
async fn an_end_that_was_cut_off_is_found_by_a_head_that_was_kept() {
    let place = Sqlite::new();
    let store = SqliteStore::open(place.path()).unwrap();
    lived(&store).await;
    let kept: KeptHead = head(&store).await.into();
    tamper(
        &place,
        "DELETE FROM audit WHERE seq > 13; DELETE FROM audit_chain WHERE seq > 13",
    );
    assert!(
        proof(&store).await.is_ok(),
        "nothing is left that tells of it"
    );
    let broken = prove(&store, Some(kept)).await.unwrap_err();
    assert_eq!((broken.seq, broken.fault.as_str()), (14, "cut_off"));
    // Also when others have come into their places.
    super::support::cancelled(&store, "other").await;
    let broken = prove(&store, Some(kept)).await.unwrap_err();
    assert_eq!((broken.seq, broken.fault.as_str()), (15, "rewritten"));
    let link_alone = KeptHead { seq: None, ..kept };
    let broken = prove(&store, Some(link_alone)).await.unwrap_err();
    assert_eq!((broken.seq, broken.fault.as_str()), (16, "cut_off"));
}

#[tokio::test]
async fn the_file_itself_refuses_what_changes_the_chain() {
    let place = Sqlite::new();
    let store = SqliteStore::open(place.path()).unwrap();
    lived(&store).await;
    let conn = Connection::open(place.path()).unwrap();
    for refused in [
        "UPDATE audit_chain SET link = zeroblob(32) WHERE seq = 2",
        "DELETE FROM audit_chain WHERE seq = 2",
        "INSERT INTO audit_chain VALUES (0, zeroblob(32), zeroblob(32))",
        "UPDATE audit_acts SET about = 'x'",
        "DELETE FROM audit_acts",
    ] {
        assert!(conn.execute(refused, []).is_err(), "{refused}");
    }
    assert!(proof(&store as &dyn Store).await.is_ok());
}
