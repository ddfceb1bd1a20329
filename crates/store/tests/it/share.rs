//! What clones of a session are made of.

use formhand_domain::FencingToken;
use formhand_store::{Change, SealedCopy, Store};

use crate::{
    backend::{Backend, on_every_backend},
    given::{account, account_named, at, copy, kept, logged_in},
    told::Listener,
};

on_every_backend! {
    a_copy_is_read_as_it_was_shared,
    a_newer_copy_takes_the_place_of_the_one_before,
    a_copy_stays_when_its_generation_is_over,
    a_copy_of_an_older_generation_changes_nothing,
    a_copy_of_a_generation_that_was_never_made_is_not_shared,
    that_a_copy_was_shared_is_told,
}

/// A keeper of a session that was logged in to once.
async fn keeper(store: &dyn Store) -> FencingToken {
    let keeper = kept(store, "node-a", 0).await;
    logged_in(store, Some(keeper)).await;
    keeper
}

async fn share(store: &dyn Store, keeper: FencingToken, copy: SealedCopy) {
    store
        .share_copy(&account(), keeper, copy, at(1))
        .await
        .unwrap();
}

async fn shared(store: &dyn Store) -> Option<SealedCopy> {
    store.shared_copy(&account()).await.unwrap()
}

async fn a_copy_is_read_as_it_was_shared(backend: &dyn Backend) {
    let store = backend.open().await;
    assert!(shared(&*store).await.is_none());
    let keeper = keeper(&*store).await;
    let every_byte: Vec<u8> = (0..=u8::MAX).cycle().take(200_000).collect();
    for sealed in [&[][..], &every_byte] {
        share(&*store, keeper, copy(1, sealed)).await;
        assert!(shared(&*backend.open().await).await == Some(copy(1, sealed)));
    }
    let other = account_named("other");
    assert!(store.shared_copy(&other).await.unwrap().is_none());
}

async fn a_newer_copy_takes_the_place_of_the_one_before(backend: &dyn Backend) {
    let store = backend.open().await;
    let keeper = keeper(&*store).await;
    share(&*store, keeper, copy(1, b"first")).await;
    share(&*store, keeper, copy(1, b"looked at")).await;
    assert!(shared(&*store).await == Some(copy(1, b"looked at")));
    logged_in(&*store, Some(keeper)).await;
    share(&*store, keeper, copy(2, b"second")).await;
    assert!(shared(&*store).await == Some(copy(2, b"second")));
}

async fn a_copy_stays_when_its_generation_is_over(backend: &dyn Backend) {
    let store = backend.open().await;
    let keeper = keeper(&*store).await;
    share(&*store, keeper, copy(1, b"first")).await;
    logged_in(&*store, Some(keeper)).await;
    store
        .release_account(&account(), keeper, at(2))
        .await
        .unwrap();
    assert!(shared(&*store).await == Some(copy(1, b"first")));
}

async fn a_copy_of_an_older_generation_changes_nothing(backend: &dyn Backend) {
    let store = backend.open().await;
    let keeper = keeper(&*store).await;
    logged_in(&*store, Some(keeper)).await;
    share(&*store, keeper, copy(1, b"late")).await;
    assert!(shared(&*store).await.is_none());
    share(&*store, keeper, copy(2, b"second")).await;
    share(&*store, keeper, copy(1, b"late")).await;
    assert!(shared(&*store).await == Some(copy(2, b"second")));
}

async fn a_copy_of_a_generation_that_was_never_made_is_not_shared(backend: &dyn Backend) {
    let store = backend.open().await;
    let keeper = keeper(&*store).await;
    let early = store
        .share_copy(&account(), keeper, copy(2, b"early"), at(1))
        .await;
    assert!(early.is_err());
    assert!(shared(&*store).await.is_none());
}

async fn that_a_copy_was_shared_is_told(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut listener = Listener::of(&*store);
    let keeper = keeper(&*store).await;
    logged_in(&*store, Some(keeper)).await;
    listener.heard().await;
    share(&*store, keeper, copy(2, b"second")).await;
    assert_eq!(listener.heard().await, [Change::Session]);
    share(&*store, keeper, copy(1, b"late")).await;
    assert!(listener.heard().await.is_empty());
}
