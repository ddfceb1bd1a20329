//! The SQLite file: its permissions, its schema, its end.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, sync::Arc};

use formhand_domain::{
    Generation,
    account::{SessionEvent, SessionHappening, SessionState},
};
use formhand_store::{NodeEntry, SqliteStore, Store, StoreError};
use jiff::Timestamp;
use tokio::task::JoinSet;

use crate::{
    backend::Sqlite,
    given::{self, record, submitted},
};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn kf42_only_this_user_may_read_the_file_its_log_and_its_folder() {
    let place = Sqlite::new();
    let store = SqliteStore::open(place.path()).unwrap();
    submitted(&store, record("one")).await;
    for entry in fs::read_dir(place.path().parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    assert_eq!(mode(place.path().parent().unwrap()), 0o700);
}

#[tokio::test]
async fn a_folder_that_was_there_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    SqliteStore::open(folder.path().join("formhand.db")).unwrap();
    assert_eq!(mode(folder.path()), 0o755);
}

#[tokio::test]
async fn a_file_of_a_newer_formhand_is_refused_and_left_alone() {
    let place = Sqlite::new();
    SqliteStore::open(place.path())
        .unwrap()
        .close()
        .await
        .unwrap();
    let conn = rusqlite::Connection::open(place.path()).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    let before = fs::read(place.path()).unwrap();
    let error = SqliteStore::open(place.path()).err().unwrap();
    insta::assert_snapshot!(error, @"the store has schema 99, and this Formhand knows up to 12: run the newer one");
    assert_eq!(fs::read(place.path()).unwrap(), before);
}

#[tokio::test]
async fn a_file_of_another_program_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("other.db");
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("CREATE TABLE bookmarks (url TEXT)")
        .unwrap();
    drop(conn);
    let error = SqliteStore::open(&path).err().unwrap();
    insta::assert_snapshot!(error, @"the store holds something unreadable: the file is a database of another program");
    fs::write(
        &path,
        "this is no database at all, but a text that is long enough to be read as one".repeat(20),
    )
    .unwrap();
    assert!(matches!(
        SqliteStore::open(&path),
        Err(StoreError::Corrupt(_))
    ));
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_an_answer() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "").unwrap();
    let error = SqliteStore::open(file.join("formhand.db")).err().unwrap();
    assert!(matches!(error, StoreError::Unwritable(_)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_may_open_a_new_file_at_once() {
    for _ in 0..5 {
        let place = Sqlite::new();
        let mut opened = JoinSet::new();
        for case in 0..8 {
            let path = place.path();
            opened.spawn(async move {
                let store = SqliteStore::open(path).unwrap();
                submitted(&store, record(&case.to_string())).await;
                store
            });
        }
        let stores = opened.join_all().await;
        assert_eq!(stores[0].stats().await.unwrap().total(), 8);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn closing_finishes_what_was_handed_over_and_refuses_the_rest() {
    let place = Sqlite::new();
    let store = Arc::new(SqliteStore::open(place.path()).unwrap());
    let mut calls = JoinSet::new();
    for case in 0..100 {
        let store = store.clone();
        calls.spawn(async move { store.submit(record(&case.to_string())).await });
    }
    // Let some of them be on their way.
    calls.join_next().await.unwrap().unwrap().unwrap();
    store.close().await.unwrap();
    store.close().await.unwrap();
    let answers = calls.join_all().await;
    let stored = 1 + answers.iter().flatten().count() as u64;
    for error in answers.into_iter().filter_map(Result::err) {
        assert!(matches!(error, StoreError::Gone(_)), "{error}");
    }
    assert!(matches!(store.stats().await, Err(StoreError::Gone(_))));
    assert!(matches!(
        store.claim(given::request(0)).await,
        Err(StoreError::Gone(_))
    ));
    let again = SqliteStore::open(place.path()).unwrap();
    assert_eq!(again.stats().await.unwrap().total(), stored);
    let files = fs::read_dir(place.path().parent().unwrap()).unwrap();
    assert!(files.count() <= 3);
}

/// Times and states as the first version wrote them.
const OF_THE_FIRST: &str = r#"
    INSERT INTO sessions (portal, account, generation, state, format, saved_at) VALUES
        ('practice', 'broker', 3,
         '{"state":"active","generation":3,"since":"2026-01-05T09:00:01Z","validated_at":"2026-01-05T09:00:02Z"}',
         1, 1767603602000000),
        ('practice', 'other', 0, '{"state":"down","until":"2026-01-05T09:01:00Z","reason":"closed"}', 1, 0);
    INSERT INTO questions (id, kind, portal, account, picture, asked_at, expires_at)
        VALUES ('q1', 'captcha', 'practice', 'broker', x'89', 0, 60000000);
"#;

#[tokio::test]
async fn a_file_of_the_first_version_is_brought_up_to_date_with_all_that_it_holds() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("formhand.db");
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch(include_str!("../../src/sqlite/migrations/0001_start.sql"))
        .unwrap();
    conn.pragma_update(None, "application_id", 0x466D_4864)
        .unwrap();
    conn.pragma_update(None, "user_version", 1).unwrap();
    conn.execute_batch(OF_THE_FIRST).unwrap();
    drop(conn);
    let store = SqliteStore::open(&path).unwrap();
    let sessions = store.sessions().await.unwrap();
    assert_eq!(sessions[0].0, given::account());
    let active = SessionState::Active {
        generation: Generation(3),
        since: given::at(1),
        validated_at: given::at(2),
    };
    assert_eq!(sessions[0].1.state, active);
    let nothing = Generation::default();
    assert_eq!(
        (sessions[0].1.stale, sessions[0].1.retire),
        (nothing, nothing)
    );
    assert!(matches!(sessions[1].1.state, SessionState::Down { .. }));
    let open = store.open_questions(Timestamp::UNIX_EPOCH).await.unwrap();
    assert_eq!(open.len(), 1);
    given::completed(&store, "one").await;
}

async fn announce(store: &SqliteStore) {
    let entry = NodeEntry {
        id: given::node("node-a"),
        version: "1.2.3".into(),
        schema: 5,
        workers: 8,
        at_work: 3,
        started_at: given::at(0),
        seen_at: given::at(1),
    };
    store.announce_node(entry).await.unwrap();
}

/// The schema says the same as the transitions, so that a fault of ours is refused and not stored.
#[tokio::test]
async fn the_schema_refuses_what_the_transitions_would_never_make() {
    let place = Sqlite::new();
    let store = SqliteStore::open(place.path()).unwrap();
    given::completed(&store, "filed").await;
    submitted(&store, record("pending")).await;
    let event = SessionEvent {
        at: given::at(1),
        generation: Generation(1),
        what: SessionHappening::BackedUp,
    };
    let account = given::account();
    store.record_session(&account, event).await.unwrap();
    let keeper = given::kept(&store, "node-a", 0).await;
    given::logged_in(&store, Some(keeper)).await;
    store
        .share_copy(&account, keeper, given::copy(1, b"sealed"), given::at(1))
        .await
        .unwrap();
    announce(&store).await;
    let conn = rusqlite::Connection::open(place.path()).unwrap();
    for wrong in [
        "UPDATE jobs SET status = 'done'",
        "UPDATE jobs SET finished_at = 1 WHERE status = 'pending'",
        "UPDATE jobs SET due_at = NULL WHERE status = 'pending'",
        "UPDATE jobs SET status = 'processing', due_at = NULL WHERE status = 'pending'",
        "UPDATE jobs SET finished_at = NULL WHERE status = 'completed'",
        "UPDATE jobs SET lease_owner = 'node-a' WHERE status = 'completed'",
        "UPDATE jobs SET outcome = 'not_submitted', holds_key = 0, status = 'cancelled' WHERE status = 'completed'",
        "UPDATE jobs SET holds_key = 0 WHERE status = 'completed'",
        "UPDATE jobs SET outcome = 'unknown' WHERE status = 'pending'",
        "UPDATE jobs SET fence = 0 WHERE status = 'completed'",
        "UPDATE audit SET event = 'nothing'",
        "DELETE FROM audit",
        "UPDATE session_events SET at = 0",
        "INSERT INTO session_events (at, portal, account, number, generation, event, detail, format)
             VALUES (0, 'practice', 'broker', 2, 1, 'restored', '{\"event\":\"backed_up\"}', 1)",
        "INSERT INTO session_wishes (portal, account, wish, wished_at) VALUES ('practice', 'broker', 'sleep', 0)",
        "UPDATE account_leases SET token = 0",
        "UPDATE account_leases SET token = 2, owner = 'node-b'; UPDATE account_leases SET token = 1",
        "UPDATE account_leases SET owner = 'node-b'",
        "UPDATE account_leases SET owner = NULL",
        "UPDATE account_leases SET expires_at = NULL",
        "UPDATE account_leases SET owner = NULL, expires_at = NULL;
             UPDATE account_leases SET owner = 'node-a', expires_at = 1",
        "DELETE FROM account_leases",
        "UPDATE sessions SET stale = 2",
        "UPDATE sessions SET retire = 2",
        "UPDATE sessions SET stale = -1",
        "INSERT INTO logins (portal, account, at, credentials, keeper_token) VALUES ('practice', 'broker', 0, 'p1', 7)",
        "INSERT INTO logins (portal, account, at, credentials, keeper_token) VALUES ('practice', 'other', 0, 'p1', 1)",
        "UPDATE session_copies SET generation = 2",
        "INSERT INTO session_copies (portal, account, generation, sealed, shared_at)
             VALUES ('practice', 'other', 1, x'', 0)",
        "UPDATE nodes SET drain = 2",
        "UPDATE nodes SET schema = 0",
        "UPDATE nodes SET workers = -1",
    ] {
        let refused = conn.execute_batch(&format!("BEGIN; {wrong}"));
        assert!(refused.is_err(), "{wrong}");
        conn.execute_batch("ROLLBACK").unwrap();
    }
}
