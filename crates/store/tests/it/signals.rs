//! Signals of changes.

use formhand_domain::{
    Generation, JobEvent,
    account::{SessionEvent, SessionHappening, SessionState},
};
use formhand_store::{Change, SessionHistoryFilter, SessionWish};

use crate::{
    backend::{Backend, on_every_backend},
    given::{self, account, at, person, record},
};

on_every_backend! {
    a_change_of_a_job_is_told_with_its_entry_once_it_is_stored,
    a_refused_change_is_not_told,
    a_change_of_a_session_is_told,
    a_wish_is_told_and_so_is_that_somebody_took_it,
    what_happened_to_a_session_is_told_once_it_is_stored,
}

async fn a_change_of_a_job_is_told_with_its_entry_once_it_is_stored(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut changes = store.changes();
    let id = given::submitted(&*store, record("one")).await;
    let Change::Job(entry) = changes.recv().await.unwrap() else {
        panic!("no job");
    };
    let history = backend.open().await.history(id, 1).await.unwrap();
    assert_eq!(vec![*entry], history);
}

async fn a_refused_change_is_not_told(backend: &dyn Backend) {
    let store = backend.open().await;
    let id = given::submitted(&*store, record("one")).await;
    let mut changes = store.changes();
    assert!(
        store
            .apply(id, person(), JobEvent::Unhold, at(1))
            .await
            .is_err()
    );
    assert!(changes.try_recv().is_err());
}

async fn a_change_of_a_session_is_told(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut changes = store.changes();
    store
        .save_session(&account(), SessionState::Cold, at(0))
        .await
        .unwrap();
    assert_eq!(changes.recv().await.unwrap(), Change::Session);
}

async fn a_wish_is_told_and_so_is_that_somebody_took_it(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut changes = store.changes();
    store
        .wish_session(&account(), SessionWish::LogIn, at(0))
        .await
        .unwrap();
    assert_eq!(changes.recv().await.unwrap(), Change::Session);
    for _ in 0..2 {
        store.take_session_wish(&account()).await.unwrap();
    }
    assert_eq!(changes.recv().await.unwrap(), Change::Session);
    assert!(
        changes.try_recv().is_err(),
        "that there is no wish is no news"
    );
}

async fn what_happened_to_a_session_is_told_once_it_is_stored(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut changes = store.changes();
    let event = SessionEvent {
        at: at(1),
        generation: Generation(2),
        what: SessionHappening::Restored,
    };
    store.record_session(&account(), event).await.unwrap();
    let Change::SessionEvent(entry) = changes.recv().await.unwrap() else {
        panic!("no event of a session");
    };
    let history = backend
        .open()
        .await
        .session_history(SessionHistoryFilter::default(), None, 10)
        .await
        .unwrap();
    assert_eq!(vec![*entry], history);
}
