//! The saved session of an account.

use formhand_domain::{
    Generation,
    account::{LoginBudget, LoginResult, RecoveryLevel, SessionState},
};
use formhand_store::Store;
use jiff::SignedDuration;

use crate::{
    backend::{Backend, on_every_backend},
    given::{account, account_named, at},
};

on_every_backend! {
    a_session_is_read_as_it_was_saved,
    the_generation_is_kept_whatever_is_saved,
    a_stale_generation_does_not_overwrite_a_newer_one,
    a_generation_that_was_never_made_is_not_saved,
    a_session_that_is_being_brought_back_is_saved_as_it_is,
    the_sessions_of_all_accounts_are_read_in_the_order_of_their_names,
}

async fn log_in(store: &dyn Store) -> Generation {
    let budget = LoginBudget {
        logins: 99,
        per: SignedDuration::from_secs(1),
    };
    let ticket = store
        .begin_login(&account(), "p1", budget, at(0))
        .await
        .unwrap()
        .unwrap();
    let result = LoginResult::Succeeded;
    store
        .finish_login(&account(), ticket, result, at(0))
        .await
        .unwrap()
        .generation
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
        .save_session(&account(), state.clone(), at(5))
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
        .save_session(&account(), SessionState::Cold, at(1))
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
        .save_session(&account(), active(old, 9), at(9))
        .await
        .unwrap();
    let saved = store.session(&account()).await.unwrap().unwrap();
    assert!(saved.state == active(new, 0));
    store
        .save_session(&account(), active(new, 9), at(9))
        .await
        .unwrap();
    let saved = store.session(&account()).await.unwrap().unwrap();
    assert!(saved.state == active(new, 9));
}

async fn a_generation_that_was_never_made_is_not_saved(backend: &dyn Backend) {
    let store = backend.open().await;
    let state = active(Generation(7), 0);
    assert!(store.save_session(&account(), state, at(0)).await.is_err());
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
        .save_session(&account(), state.clone(), at(4))
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
