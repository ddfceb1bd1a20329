//! The saved session of an account.

use formhand_domain::{
    Generation,
    account::{RecoveryLevel, SessionState},
};
use formhand_store::{Change, SavedSession, SessionReport, Store};

use crate::{
    backend::{Backend, on_a_sealed_database, on_every_backend},
    given::{self, account, account_named, at},
    told::Listener,
};

on_every_backend! {
    a_session_is_read_as_it_was_saved,
    the_generation_is_kept_whatever_is_saved,
    a_stale_generation_does_not_overwrite_a_newer_one,
    a_generation_that_was_never_made_is_not_saved,
    a_session_that_is_being_brought_back_is_saved_as_it_is,
    the_sessions_of_all_accounts_are_read_in_the_order_of_their_names,
    a_session_that_is_about_to_be_replaced_is_saved_under_the_rules_of_an_active_one,
    what_is_reported_of_a_session_only_rises,
    a_report_changes_nothing_else,
    a_report_of_a_generation_that_was_never_made_is_ignored,
    an_active_session_that_is_saved_clears_what_was_reported,
    a_report_is_told_if_it_is_news,
}

on_a_sealed_database! {
    a_session_is_read_as_it_was_saved,
    the_sessions_of_all_accounts_are_read_in_the_order_of_their_names,
    what_is_reported_of_a_session_only_rises,
}

async fn log_in(store: &dyn Store) -> Generation {
    given::logged_in(store, None).await.generation
}

fn active(generation: Generation, second: i64) -> SessionState {
    SessionState::Active {
        generation,
        since: at(0),
        validated_at: at(second),
    }
}

async fn a_session_is_read_as_it_was_saved(backend: &dyn Backend) {
    let store = backend.open().await;
    let state = SessionState::Down {
        until: at(60),
        reason: "the portal is closed".into(),
    };
    store
        .save_session(&account(), None, state.clone(), at(5))
        .await
        .unwrap();
    let saved = backend
        .open()
        .await
        .session(&account())
        .await
        .unwrap()
        .unwrap();
    assert!(saved.state == state);
    assert_eq!((saved.generation, saved.saved_at), (Generation(0), at(5)));
    assert!(
        store
            .session(&account_named("other"))
            .await
            .unwrap()
            .is_none()
    );
}

async fn the_generation_is_kept_whatever_is_saved(backend: &dyn Backend) {
    let store = backend.open().await;
    log_in(&*store).await;
    store
        .save_session(&account(), None, SessionState::Cold, at(1))
        .await
        .unwrap();
    let saved = store.session(&account()).await.unwrap().unwrap();
    assert_eq!(saved.generation, Generation(1));
    assert_eq!(log_in(&*store).await, Generation(2));
}

async fn a_stale_generation_does_not_overwrite_a_newer_one(backend: &dyn Backend) {
    let store = backend.open().await;
    let old = log_in(&*store).await;
    let new = log_in(&*store).await;
    store
        .save_session(&account(), None, active(old, 9), at(9))
        .await
        .unwrap();
    let saved = store.session(&account()).await.unwrap().unwrap();
    assert!(saved.state == active(new, 0));
    store
        .save_session(&account(), None, active(new, 9), at(9))
        .await
        .unwrap();
    let saved = store.session(&account()).await.unwrap().unwrap();
    assert!(saved.state == active(new, 9));
}

async fn a_generation_that_was_never_made_is_not_saved(backend: &dyn Backend) {
    let store = backend.open().await;
    let state = active(Generation(7), 0);
    assert!(
        store
            .save_session(&account(), None, state, at(0))
            .await
            .is_err()
    );
    assert!(store.session(&account()).await.unwrap().is_none());
}

async fn a_session_that_is_being_brought_back_is_saved_as_it_is(backend: &dyn Backend) {
    let store = backend.open().await;
    log_in(&*store).await;
    let state = SessionState::Recovering {
        level: RecoveryLevel::Hard,
        attempt: 2,
        since: at(3),
    };
    store
        .save_session(&account(), None, state.clone(), at(4))
        .await
        .unwrap();
    let saved = store.session(&account()).await.unwrap().unwrap();
    assert_eq!((saved.generation, saved.state), (Generation(1), state));
}

async fn the_sessions_of_all_accounts_are_read_in_the_order_of_their_names(backend: &dyn Backend) {
    let store = backend.open().await;
    assert!(store.sessions().await.unwrap().is_empty());
    for (second, name) in ["west", "east", "north"].into_iter().enumerate() {
        store
            .save_session(
                &account_named(name),
                None,
                SessionState::Cold,
                at(i64::try_from(second).unwrap()),
            )
            .await
            .unwrap();
    }
    log_in(&*store).await;
    let sessions = backend.open().await.sessions().await.unwrap();
    let told: Vec<_> = sessions
        .iter()
        .map(|(key, saved)| (key.account.as_str(), saved.generation.0, saved.saved_at))
        .collect();
    assert_eq!(
        told,
        [
            ("broker", 1, at(0)),
            ("east", 0, at(1)),
            ("north", 0, at(2)),
            ("west", 0, at(0)),
        ]
    );
}

fn retiring(generation: Generation) -> SessionState {
    SessionState::Retiring {
        generation,
        since: at(0),
        validated_at: at(1),
    }
}

async fn save(store: &dyn Store, state: SessionState) {
    store
        .save_session(&account(), None, state, at(9))
        .await
        .unwrap();
}

async fn saved(store: &dyn Store) -> SavedSession {
    store.session(&account()).await.unwrap().unwrap()
}

async fn report(store: &dyn Store, report: SessionReport) {
    store.report_session(&account(), report).await.unwrap();
}

/// What is reported as stale, and what is to be replaced.
async fn reported(store: &dyn Store) -> (u64, u64) {
    let saved = saved(store).await;
    (saved.stale.0, saved.retire.0)
}

async fn a_session_that_is_about_to_be_replaced_is_saved_under_the_rules_of_an_active_one(
    backend: &dyn Backend,
) {
    let store = backend.open().await;
    let old = log_in(&*store).await;
    save(&*store, retiring(old)).await;
    assert_eq!(saved(&*store).await.state, retiring(old));
    let new = log_in(&*store).await;
    save(&*store, retiring(old)).await;
    assert_eq!(saved(&*store).await.state, active(new, 0));
    let never_made = retiring(new.next());
    let refused = store
        .save_session(&account(), None, never_made, at(9))
        .await;
    assert!(refused.is_err());
}

async fn what_is_reported_of_a_session_only_rises(backend: &dyn Backend) {
    let store = backend.open().await;
    for _ in 0..3 {
        log_in(&*store).await;
    }
    assert_eq!(reported(&*store).await, (0, 0));
    let other = backend.open().await;
    for (said, kept) in [
        (SessionReport::Stale(Generation(2)), (2, 0)),
        (SessionReport::Stale(Generation(1)), (2, 0)),
        (SessionReport::Retire(Generation(1)), (2, 1)),
        (SessionReport::Retire(Generation(3)), (2, 3)),
        (SessionReport::Retire(Generation(2)), (2, 3)),
        (SessionReport::Stale(Generation(3)), (3, 3)),
        (SessionReport::Stale(Generation(0)), (3, 3)),
    ] {
        report(&*other, said).await;
        assert_eq!(reported(&*store).await, kept, "{said:?}");
    }
}

async fn a_report_changes_nothing_else(backend: &dyn Backend) {
    let store = backend.open().await;
    let generation = log_in(&*store).await;
    save(&*store, SessionState::LoggingIn { since: at(9) }).await;
    let before = saved(&*store).await;
    report(&*store, SessionReport::Stale(generation)).await;
    report(&*store, SessionReport::Retire(generation)).await;
    let reported = SavedSession {
        stale: generation,
        retire: generation,
        ..before
    };
    assert!(saved(&*store).await == reported);
}

async fn a_report_of_a_generation_that_was_never_made_is_ignored(backend: &dyn Backend) {
    let store = backend.open().await;
    let every = |generation| {
        [
            SessionReport::Stale(Generation(generation)),
            SessionReport::Retire(Generation(generation)),
        ]
    };
    for said in every(1) {
        report(&*store, said).await;
    }
    assert!(store.session(&account()).await.unwrap().is_none());
    log_in(&*store).await;
    for said in every(2).into_iter().chain(every(u64::MAX)) {
        report(&*store, said).await;
    }
    assert_eq!(reported(&*store).await, (0, 0));
}

async fn an_active_session_that_is_saved_clears_what_was_reported(backend: &dyn Backend) {
    let store = backend.open().await;
    let generation = log_in(&*store).await;
    for said in [
        SessionReport::Stale(generation),
        SessionReport::Retire(generation),
    ] {
        report(&*store, said).await;
    }
    let recovering = SessionState::Recovering {
        level: RecoveryLevel::Soft,
        attempt: 1,
        since: at(3),
    };
    // None of these says that it was looked at and is in use.
    for state in [SessionState::Cold, recovering, retiring(generation)] {
        save(&*store, state).await;
        assert_eq!(reported(&*store).await, (1, 1));
    }
    save(&*store, active(generation, 9)).await;
    assert_eq!(reported(&*store).await, (0, 0));
    report(&*store, SessionReport::Stale(generation)).await;
    assert_eq!(reported(&*store).await, (1, 0));
    // An old one was not looked at just now.
    let newer = log_in(&*store).await;
    report(&*store, SessionReport::Retire(newer)).await;
    save(&*store, active(generation, 9)).await;
    assert_eq!(reported(&*store).await, (1, 2));
}

async fn a_report_is_told_if_it_is_news(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut listener = Listener::of(&*store);
    let old = log_in(&*store).await;
    let new = log_in(&*store).await;
    listener.heard().await;
    let nothing: &[Change] = &[];
    let once = &[Change::Session][..];
    for (said, news) in [
        (SessionReport::Stale(new), once),
        (SessionReport::Stale(new), nothing),
        (SessionReport::Stale(old), nothing),
        (SessionReport::Retire(new), once),
        (SessionReport::Retire(new.next()), nothing),
    ] {
        report(&*store, said).await;
        assert_eq!(listener.heard().await, news, "{said:?}");
    }
}
