//! What happens when the disk is full. SQLite is told that its file may not grow, which is the same to it.

use std::sync::Arc;

use formhand_domain::{
    AccountName, CallerId, FencingToken, FlowName, Job, JobId, JobState, NewJob, PortalName,
};
use jiff::Timestamp;
use tokio::task::JoinSet;

use crate::{SqliteStore, Store, StoreError};

fn record(number: u32) -> NewJob {
    let due_at = Timestamp::UNIX_EPOCH;
    let job = Job {
        id: JobId::new(due_at, number.into()),
        portal: PortalName::new("practice").unwrap(),
        flow: FlowName::new("motor").unwrap(),
        account: AccountName::new("broker").unwrap(),
        caller_id: CallerId::new(number.to_string()).unwrap(),
        business_key: None,
        label: String::new(),
        record: "x".repeat(20_000).into(),
        created_at: due_at,
        attempts: 0,
        fence: FencingToken::default(),
        state: JobState::Pending { due_at },
    };
    NewJob {
        job,
        idempotency_key: None,
    }
}

async fn allow(store: &SqliteStore, pages: u32) {
    let limit = move |write: &mut super::writer::Write<'_>| -> Result<(), StoreError> {
        write
            .conn
            .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
        Ok(())
    };
    store.writer().unwrap().run(limit).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_disk_keeps_nothing_of_what_failed_and_the_store_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(folder.path().join("formhand.db")).unwrap());
    allow(&store, 150).await;
    let mut calls = JoinSet::new();
    for number in 0..60 {
        let store = store.clone();
        calls.spawn(async move { (number, store.submit(record(number)).await) });
    }
    let (mut kept, mut refused) = (Vec::new(), Vec::new());
    for (number, answer) in calls.join_all().await {
        match answer {
            Ok(_) => kept.push(number),
            Err(StoreError::Unwritable(_)) => refused.push(number),
            Err(error) => panic!("{error}"),
        }
    }
    assert!(
        !kept.is_empty() && !refused.is_empty(),
        "{kept:?} {refused:?}"
    );
    assert_eq!(store.stats().await.unwrap().total(), kept.len() as u64);
    allow(&store, 100_000).await;
    for number in refused {
        store.submit(record(number)).await.unwrap();
    }
    let entries = store.audit_after(0, 100).await.unwrap();
    assert!(entries.iter().map(|entry| entry.seq).eq(1..=60));
    assert_eq!(store.stats().await.unwrap().total(), 60);
}
