//! Chains with something of each kind in them.

use formhand_domain::{JobEvent, JobId};
use formhand_store::{Act, Break, Deed, Head, KeptHead, Link, Store, Verified, verify};
use jiff::Timestamp;

use crate::given::{self, account, at, fail, passing, person, record, say, submitted};

/// What the proof says.
pub(super) async fn proof(store: &dyn Store) -> Result<Verified, Break> {
    prove(store, None).await
}

/// What the proof says beside a head that was kept.
pub(super) async fn prove(store: &dyn Store, kept: Option<KeptHead>) -> Result<Verified, Break> {
    verify(store, kept, |_| ()).await.unwrap()
}

/// The head.
pub(super) async fn head(store: &dyn Store) -> Head {
    store.head().await.unwrap().unwrap()
}

/// All of it.
pub(super) async fn links(store: &dyn Store) -> Vec<Link> {
    store.links(0, 10_000).await.unwrap()
}

/// A person forgives the account.
pub(super) fn forgiven() -> Act {
    Act::of_person("mina", Deed::Forgive(account()), at(5))
}

/// A job that was cancelled.
pub(super) async fn cancelled(store: &dyn Store, case: &str) -> JobId {
    let id = submitted(store, record(case)).await;
    let reason = "not wanted".to_owned();
    let cancel = store.apply(id, person(), JobEvent::Cancel { reason }, at(2));
    cancel.await.unwrap();
    id
}

/// Entries 1 to 7 of a job, 8 and 9 of one that is removed, 10 an act, 11 the removal, 12 to 14 of a job that failed.
pub(super) async fn lived(store: &dyn Store) -> JobId {
    given::completed(store, "filed").await;
    let removed = cancelled(store, "removed").await;
    assert_eq!(store.note(forgiven()).await.unwrap(), 10);
    assert!(store.remove(removed, Timestamp::MAX, at(6)).await.unwrap());
    let failed = given::filling(store, "failed").await;
    say(store, &failed, fail(passing())).await;
    failed.id
}

/// What it broke at, in words.
pub(super) fn said(broken: Result<Verified, Break>) -> String {
    broken.expect_err("it holds").to_string()
}
