//! What people want of a session.

use formhand_store::{SessionWish, Store};
use tokio::task::JoinSet;

use crate::{
    backend::{Backend, on_every_backend},
    given::{account, account_named, at},
};

on_every_backend! {
    a_wish_is_taken_once,
    a_wish_is_taken_by_one_of_many_only,
    the_newest_wish_counts,
    a_wish_is_of_its_account,
}

async fn wish(store: &dyn Store, wish: SessionWish, second: i64) {
    store
        .wish_session(&account(), wish, at(second))
        .await
        .unwrap();
}

async fn take(store: &dyn Store) -> Option<SessionWish> {
    store.take_session_wish(&account()).await.unwrap()
}

async fn a_wish_is_taken_once(backend: &dyn Backend) {
    let store = backend.open().await;
    assert_eq!(take(&*store).await, None);
    for kind in [
        SessionWish::Recover,
        SessionWish::LogIn,
        SessionWish::LogOut,
    ] {
        wish(&*store, kind, 0).await;
        let other = backend.open().await;
        assert_eq!(other.session_wish(&account()).await.unwrap(), Some(kind));
        assert_eq!(take(&*other).await, Some(kind));
        assert_eq!(store.session_wish(&account()).await.unwrap(), None);
        assert_eq!(take(&*store).await, None);
    }
}

async fn a_wish_is_taken_by_one_of_many_only(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    for round in 0..10 {
        wish(&*handles[round % 2], SessionWish::Recover, 0).await;
        let mut keepers = JoinSet::new();
        for keeper in 0..20 {
            let store = handles[keeper % 2].clone();
            keepers.spawn(async move { take(&*store).await });
        }
        assert_eq!(keepers.join_all().await.into_iter().flatten().count(), 1);
    }
}

async fn the_newest_wish_counts(backend: &dyn Backend) {
    let store = backend.open().await;
    wish(&*store, SessionWish::Recover, 0).await;
    wish(&*store, SessionWish::LogOut, 1).await;
    assert_eq!(take(&*store).await, Some(SessionWish::LogOut));
    assert_eq!(take(&*store).await, None);
}

async fn a_wish_is_of_its_account(backend: &dyn Backend) {
    let store = backend.open().await;
    wish(&*store, SessionWish::Recover, 0).await;
    let other = account_named("other");
    assert_eq!(store.take_session_wish(&other).await.unwrap(), None);
    assert_eq!(take(&*store).await, Some(SessionWish::Recover));
}
