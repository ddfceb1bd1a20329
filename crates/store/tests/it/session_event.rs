//! What happened to sessions.

use formhand_domain::{
    AccountKey, FailureCode, Generation, RecoveryId,
    account::{
        AttemptResult, RecoveryCause, RecoveryLevel, SessionEvent, SessionEventKind,
        SessionHappening, Validation,
    },
};
use formhand_store::{SessionEntry, SessionHistoryFilter, Store};
use tokio::task::JoinSet;

use crate::{
    backend::{Backend, on_a_sealed_database, on_every_backend},
    given::{account, account_named, at, start},
};

on_every_backend! {
    what_happened_is_read_as_it_was_told_newest_first,
    a_history_is_read_of_an_account_of_kinds_or_of_both,
    a_history_is_read_page_by_page,
    kf46_a_page_of_a_history_is_never_longer_than_five_hundred,
    kf46_the_newest_ten_thousand_events_of_an_account_are_kept,
    events_of_two_servers_have_numbers_of_their_own,
}

on_a_sealed_database! {
    what_happened_is_read_as_it_was_told_newest_first,
    a_history_is_read_of_an_account_of_kinds_or_of_both,
}

fn event(second: i64, what: SessionHappening) -> SessionEvent {
    SessionEvent {
        at: at(second),
        generation: Generation(u64::try_from(second).unwrap()),
        what,
    }
}

fn logged_in(second: i64) -> SessionEvent {
    event(
        second,
        SessionHappening::LoggedIn {
            duration_ms: 900,
            tries: 1,
        },
    )
}

fn validated(second: i64) -> SessionEvent {
    event(
        second,
        SessionHappening::Validated {
            by: Validation::Heartbeat,
            round_trip_ms: 12,
        },
    )
}

fn attempt(second: i64) -> SessionEvent {
    event(
        second,
        SessionHappening::RecoveryAttempt {
            recovery: RecoveryId::new(start(), 7),
            cause: RecoveryCause::Expired,
            level: RecoveryLevel::Hard,
            attempt: 2,
            duration_ms: 1_200,
            result: AttemptResult::Failed {
                code: FailureCode::Network,
            },
        },
    )
}

async fn record(store: &dyn Store, account: &AccountKey, event: SessionEvent) {
    store.record_session(account, event).await.unwrap();
}

async fn history(store: &dyn Store, filter: SessionHistoryFilter) -> Vec<SessionEntry> {
    store.session_history(filter, None, 500).await.unwrap()
}

fn of(account: Option<AccountKey>, events: &[SessionEventKind]) -> SessionHistoryFilter {
    SessionHistoryFilter {
        account,
        events: events.to_vec(),
    }
}

async fn what_happened_is_read_as_it_was_told_newest_first(backend: &dyn Backend) {
    let store = backend.open().await;
    assert!(history(&*store, of(None, &[])).await.is_empty());
    let told = [attempt(1), logged_in(2), validated(3)];
    for event in told.clone() {
        record(&*store, &account(), event).await;
    }
    let read = history(&*backend.open().await, of(Some(account()), &[])).await;
    let events: Vec<_> = read.iter().rev().map(|entry| entry.event.clone()).collect();
    assert_eq!(events, told);
    assert!(read.iter().map(|entry| entry.seq).eq([3, 2, 1]));
    assert!(read.iter().all(|entry| entry.account == account()));
}

async fn a_history_is_read_of_an_account_of_kinds_or_of_both(backend: &dyn Backend) {
    let store = backend.open().await;
    let other = account_named("other");
    for second in 0..3 {
        record(&*store, &account(), validated(second)).await;
        record(&*store, &other, logged_in(second)).await;
        record(&*store, &account(), attempt(second)).await;
    }
    let seqs = async |filter| {
        let entries = history(&*store, filter).await;
        entries.iter().map(|entry| entry.seq).collect::<Vec<_>>()
    };
    let login = SessionEventKind::LoggedIn;
    let tried = SessionEventKind::RecoveryAttempt;
    assert_eq!(seqs(of(None, &[])).await, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(seqs(of(Some(other.clone()), &[])).await, [8, 5, 2]);
    assert_eq!(seqs(of(Some(account()), &[tried])).await, [9, 6, 3]);
    assert_eq!(seqs(of(Some(account()), &[login])).await, [0; 0]);
    assert_eq!(seqs(of(None, &[tried, login])).await, [9, 8, 6, 5, 3, 2]);
    assert_eq!(seqs(of(None, &[login, login])).await, [8, 5, 2]);
    let both = of(Some(other), &[tried, login]);
    assert_eq!(seqs(both).await, [8, 5, 2]);
    assert_eq!(seqs(of(Some(account_named("none")), &[])).await, [0; 0]);
}

async fn a_history_is_read_page_by_page(backend: &dyn Backend) {
    let store = backend.open().await;
    for second in 0..10 {
        record(&*store, &account(), validated(second)).await;
        record(&*store, &account_named("other"), attempt(second)).await;
    }
    let filters = [
        of(None, &[]),
        of(Some(account()), &[]),
        of(Some(account()), &[SessionEventKind::Validated]),
        of(None, SessionEventKind::ALL),
    ];
    for filter in filters {
        let whole = history(&*store, filter.clone()).await;
        let (mut pages, mut before) = (Vec::new(), None);
        loop {
            let page = store
                .session_history(filter.clone(), before, 3)
                .await
                .unwrap();
            let Some(last) = page.last() else { break };
            assert!(page.len() <= 3);
            before = Some(last.seq);
            pages.extend(page);
        }
        assert_eq!(pages, whole);
    }
    let beyond = store.session_history(of(None, &[]), Some(u64::MAX), 1);
    assert_eq!(beyond.await.unwrap()[0].seq, 20);
}

async fn kf46_a_page_of_a_history_is_never_longer_than_five_hundred(backend: &dyn Backend) {
    let store = backend.open().await;
    record_many(backend, &account(), 600).await;
    for filter in [
        of(None, &[]),
        of(Some(account()), &[]),
        of(None, &[SessionEventKind::Validated]),
    ] {
        let page = store.session_history(filter, None, u32::MAX).await.unwrap();
        assert_eq!(page.len(), 500);
    }
}

/// As many at once as the store takes, which is what makes ten thousand durable writes quick.
async fn record_many(backend: &dyn Backend, account: &AccountKey, count: i64) {
    let store = backend.open().await;
    let mut work = JoinSet::new();
    for second in 0..count {
        let (store, account) = (store.clone(), account.clone());
        work.spawn(async move { record(&*store, &account, validated(second)).await });
    }
    work.join_all().await;
}

async fn kf46_the_newest_ten_thousand_events_of_an_account_are_kept(backend: &dyn Backend) {
    let store = backend.open().await;
    let other = account_named("other");
    record(&*store, &other, logged_in(1)).await;
    record_many(backend, &account(), 10_000).await;
    record(&*store, &other, logged_in(2)).await;
    let count = async || {
        let (mut seqs, mut before) = (Vec::new(), None);
        loop {
            let filter = of(Some(account()), &[]);
            let page = store.session_history(filter, before, 500).await.unwrap();
            let Some(last) = page.last() else {
                return seqs;
            };
            before = Some(last.seq);
            seqs.extend(page.iter().map(|entry| entry.seq));
        }
    };
    assert!(count().await.into_iter().rev().eq(2..=10_001));
    for second in 0..3 {
        record(&*store, &account(), attempt(second)).await;
    }
    let kept = count().await;
    assert_eq!(kept.len(), 10_000);
    assert_eq!((kept[0], kept[9_999]), (10_005, 5));
    // What happened to another account is as old and stays.
    let of_other = history(&*store, of(Some(other), &[])).await;
    assert_eq!(of_other.len(), 2);
}

async fn events_of_two_servers_have_numbers_of_their_own(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    let mut work = JoinSet::new();
    for server in 0..40_usize {
        let store = handles[server % 2].clone();
        work.spawn(async move {
            let second = i64::try_from(server).unwrap();
            record(&*store, &account(), validated(second)).await;
        });
    }
    work.join_all().await;
    let entries = history(&*handles[0], of(None, &[])).await;
    assert!(entries.iter().rev().map(|entry| entry.seq).eq(1..=40));
}
