//! The right to keep an account's session.

use formhand_domain::{FencingToken, Lease, account::SessionState};
use formhand_store::{Change, Keeping, Store, StoreError};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::{
    backend::{Backend, on_every_backend},
    given::{LEASE, account, account_named, at, kept, node},
    told::Listener,
};

on_every_backend! {
    the_right_is_given_with_a_token_and_everybody_reads_whose_it_is,
    one_of_many_servers_gets_the_right,
    one_of_many_servers_gets_a_right_that_ended,
    a_right_that_has_not_ended_is_not_given_to_another,
    a_right_that_ended_is_given_to_another_with_a_higher_token,
    the_next_process_of_a_server_gets_the_right_at_once_with_a_higher_token,
    a_right_that_was_given_back_is_nobodys_and_its_token_does_not_come_back,
    a_renewal_makes_the_right_longer_and_keeps_its_token,
    a_right_that_ended_or_is_anothers_is_not_renewed,
    a_former_keeper_gives_nothing_back,
    the_rights_of_two_accounts_have_nothing_to_do_with_each_other,
    a_keeper_whose_right_another_took_writes_nothing,
    a_keeper_that_gave_its_right_back_writes_nothing,
    a_token_that_was_never_given_writes_nothing,
    a_keeper_whose_time_is_over_may_write_as_long_as_nobody_took_the_right,
    who_needs_no_right_writes_whoever_keeps_the_session,
    that_another_keeps_the_session_is_told_and_a_renewal_is_not,
}

async fn keep(store: &dyn Store, owner: &str, second: i64) -> Keeping {
    let (now, end) = (at(second), at(second) + LEASE);
    store
        .keep_account(&account(), &node(owner), now, end)
        .await
        .unwrap()
}

fn lease(owner: &str, token: u64, second: i64) -> Lease {
    Lease {
        owner: node(owner),
        token: FencingToken(token),
        expires_at: at(second) + LEASE,
    }
}

async fn present(store: &dyn Store) -> Option<Lease> {
    store.account_lease(&account()).await.unwrap()
}

async fn the_right_is_given_with_a_token_and_everybody_reads_whose_it_is(backend: &dyn Backend) {
    let store = backend.open().await;
    assert_eq!(present(&*store).await, None);
    let ours = lease("node-a", 1, 0);
    assert_eq!(
        keep(&*store, "node-a", 0).await,
        Keeping::Ours(ours.clone())
    );
    assert_eq!(present(&*backend.open().await).await, Some(ours));
    // It is no session yet.
    assert!(store.session(&account()).await.unwrap().is_none());
    assert!(store.sessions().await.unwrap().is_empty());
}

/// Many servers want the right at once; gives what the one got, and sees that the others were told of it.
async fn contest(handles: &[std::sync::Arc<dyn Store>], second: i64) -> Lease {
    let mut servers = JoinSet::new();
    for server in 0..24_usize {
        let store = handles[server % handles.len()].clone();
        servers.spawn(async move { keep(&*store, &format!("node-{server}"), second).await });
    }
    let (mut ours, mut others) = (Vec::new(), Vec::new());
    for keeping in servers.join_all().await {
        match keeping {
            Keeping::Ours(lease) => ours.push(lease),
            Keeping::Others(lease) => others.push(lease),
        }
    }
    assert_eq!(ours.len(), 1);
    let winner = ours.remove(0);
    assert!(others.iter().all(|lease| *lease == winner));
    assert_eq!(present(&*handles[0]).await.as_ref(), Some(&winner));
    winner
}

async fn one_of_many_servers_gets_the_right(backend: &dyn Backend) {
    let handles = [
        backend.open().await,
        backend.open().await,
        backend.open().await,
    ];
    assert_eq!(contest(&handles, 0).await.token, FencingToken(1));
}

async fn one_of_many_servers_gets_a_right_that_ended(backend: &dyn Backend) {
    let handles = [
        backend.open().await,
        backend.open().await,
        backend.open().await,
    ];
    assert_eq!(kept(&*handles[0], "node-x", 0).await, FencingToken(1));
    assert_eq!(contest(&handles, 60).await.token, FencingToken(2));
}

async fn a_right_that_has_not_ended_is_not_given_to_another(backend: &dyn Backend) {
    let store = backend.open().await;
    let theirs = lease("node-a", 1, 0);
    keep(&*store, "node-a", 0).await;
    let other = backend.open().await;
    for second in [0, 59] {
        assert_eq!(
            keep(&*other, "node-b", second).await,
            Keeping::Others(theirs.clone())
        );
    }
    assert_eq!(present(&*store).await, Some(theirs));
}

async fn a_right_that_ended_is_given_to_another_with_a_higher_token(backend: &dyn Backend) {
    let store = backend.open().await;
    let first = kept(&*store, "node-a", 0).await;
    let other = backend.open().await;
    assert_eq!(
        keep(&*other, "node-b", 60).await,
        Keeping::Ours(lease("node-b", first.0 + 1, 60))
    );
    // The former one is another now.
    assert_eq!(
        keep(&*store, "node-a", 61).await,
        Keeping::Others(lease("node-b", first.0 + 1, 60))
    );
}

async fn the_next_process_of_a_server_gets_the_right_at_once_with_a_higher_token(
    backend: &dyn Backend,
) {
    let dead = kept(&*backend.open().await, "node-a", 0).await;
    let store = backend.open().await;
    let next = kept(&*store, "node-a", 1).await;
    assert!(next > dead);
    let late = store
        .save_session(&account(), Some(dead), SessionState::Cold, at(2))
        .await;
    assert_eq!(late, Err(StoreError::NotKeeper(account())));
    let renewed = store.renew_account(&account(), dead, at(2), at(99)).await;
    assert_eq!(renewed, Ok(false));
    assert_eq!(present(&*store).await, Some(lease("node-a", next.0, 1)));
}

async fn a_right_that_was_given_back_is_nobodys_and_its_token_does_not_come_back(
    backend: &dyn Backend,
) {
    let store = backend.open().await;
    let mut last = FencingToken::default();
    for (round, owner) in ["node-a", "node-b", "node-b", "node-a"]
        .into_iter()
        .enumerate()
    {
        let second = i64::try_from(round).unwrap();
        let token = kept(&*store, owner, second).await;
        assert!(token > last);
        last = token;
        store
            .release_account(&account(), token, at(second))
            .await
            .unwrap();
        assert_eq!(present(&*store).await, None);
        let renewed = store
            .renew_account(&account(), token, at(second), at(99))
            .await;
        assert_eq!(renewed, Ok(false));
    }
}

async fn a_renewal_makes_the_right_longer_and_keeps_its_token(backend: &dyn Backend) {
    let store = backend.open().await;
    let token = kept(&*store, "node-a", 0).await;
    let end = at(59) + LEASE;
    let renewed = store.renew_account(&account(), token, at(59), end).await;
    assert_eq!(renewed, Ok(true));
    let ours = lease("node-a", token.0, 59);
    assert_eq!(present(&*store).await, Some(ours.clone()));
    let other = backend.open().await;
    assert_eq!(keep(&*other, "node-b", 118).await, Keeping::Others(ours));
    assert!(kept(&*other, "node-b", 119).await > token);
}

async fn a_right_that_ended_or_is_anothers_is_not_renewed(backend: &dyn Backend) {
    let store = backend.open().await;
    let renew = async |token, second| {
        store
            .renew_account(&account(), token, at(second), at(second) + LEASE)
            .await
            .unwrap()
    };
    assert!(!renew(FencingToken(1), 0).await, "nobody has it");
    let first = kept(&*store, "node-a", 0).await;
    assert!(!renew(first, 60).await, "it has ended");
    assert!(!renew(first.next(), 1).await, "it was never given");
    assert_eq!(present(&*store).await, Some(lease("node-a", first.0, 0)));
    let second = kept(&*store, "node-b", 60).await;
    assert!(!renew(first, 61).await, "it is another's");
    assert_eq!(present(&*store).await, Some(lease("node-b", second.0, 60)));
}

async fn a_former_keeper_gives_nothing_back(backend: &dyn Backend) {
    let store = backend.open().await;
    let release = async |token| {
        store
            .release_account(&account(), token, at(61))
            .await
            .unwrap();
    };
    release(FencingToken(1)).await;
    let former = kept(&*store, "node-a", 0).await;
    let present_token = kept(&*store, "node-b", 60).await;
    release(former).await;
    release(present_token.next()).await;
    assert_eq!(
        present(&*store).await,
        Some(lease("node-b", present_token.0, 60))
    );
}

async fn the_rights_of_two_accounts_have_nothing_to_do_with_each_other(backend: &dyn Backend) {
    let store = backend.open().await;
    for _ in 0..3 {
        kept(&*store, "node-a", 0).await;
    }
    let other = account_named("other");
    let end = at(0) + LEASE;
    let given = store
        .keep_account(&other, &node("node-b"), at(0), end)
        .await;
    assert_eq!(given, Ok(Keeping::Ours(lease("node-b", 1, 0))));
    store
        .release_account(&other, FencingToken(1), at(1))
        .await
        .unwrap();
    assert_eq!(present(&*store).await, Some(lease("node-a", 3, 0)));
}

/// What only the keeper may do, with this token: each is refused, and the session stays as it was.
async fn all_is_refused(store: &dyn Store, keeper: FencingToken, second: i64) {
    let before = store.session(&account()).await.unwrap();
    let copy = store.shared_copy(&account()).await.unwrap();
    let budget = formhand_domain::account::LoginBudget {
        logins: 99,
        per: SignedDuration::from_secs(1),
    };
    let refused = Some(StoreError::NotKeeper(account()));
    let begun = store
        .begin_login(&account(), Some(keeper), "p1", budget, at(second))
        .await;
    assert_eq!(begun.err(), refused);
    let state = SessionState::Down {
        until: at(second),
        reason: "it was not the keeper that said so".into(),
    };
    let saved = store
        .save_session(&account(), Some(keeper), state, at(second))
        .await;
    assert_eq!(saved.err(), refused);
    for generation in 0..3 {
        let shared = store
            .share_copy(
                &account(),
                keeper,
                crate::given::copy(generation, b"late"),
                at(second),
            )
            .await;
        assert_eq!(shared.err(), refused);
    }
    assert!(store.session(&account()).await.unwrap() == before);
    assert!(store.shared_copy(&account()).await.unwrap() == copy);
}

/// A keeper that has logged in and shared its session.
async fn keeper_at_work(store: &dyn Store) -> FencingToken {
    let keeper = kept(store, "node-a", 0).await;
    crate::given::logged_in(store, Some(keeper)).await;
    store
        .share_copy(&account(), keeper, crate::given::copy(1, b"cookies"), at(1))
        .await
        .unwrap();
    keeper
}

async fn a_keeper_whose_right_another_took_writes_nothing(backend: &dyn Backend) {
    let store = backend.open().await;
    let former = keeper_at_work(&*store).await;
    kept(&*backend.open().await, "node-b", 60).await;
    all_is_refused(&*store, former, 61).await;
    // Nor when the right of the other has ended, or was given back.
    all_is_refused(&*store, former, 999).await;
    let next = kept(&*store, "node-c", 999).await;
    store
        .release_account(&account(), next, at(1000))
        .await
        .unwrap();
    all_is_refused(&*store, former, 1000).await;
}

async fn a_keeper_that_gave_its_right_back_writes_nothing(backend: &dyn Backend) {
    let store = backend.open().await;
    let former = keeper_at_work(&*store).await;
    store
        .release_account(&account(), former, at(2))
        .await
        .unwrap();
    all_is_refused(&*store, former, 3).await;
}

async fn a_token_that_was_never_given_writes_nothing(backend: &dyn Backend) {
    let store = backend.open().await;
    all_is_refused(&*store, FencingToken(1), 0).await;
    let present = keeper_at_work(&*store).await;
    for token in [FencingToken::default(), present.next()] {
        all_is_refused(&*store, token, 1).await;
    }
}

async fn a_keeper_whose_time_is_over_may_write_as_long_as_nobody_took_the_right(
    backend: &dyn Backend,
) {
    let store = backend.open().await;
    let keeper = keeper_at_work(&*store).await;
    assert_eq!(
        crate::given::logged_in(&*store, Some(keeper))
            .await
            .generation
            .0,
        2
    );
    store
        .save_session(&account(), Some(keeper), SessionState::Cold, at(999))
        .await
        .unwrap();
    let copy = crate::given::copy(2, b"later");
    store
        .share_copy(&account(), keeper, copy.clone(), at(999))
        .await
        .unwrap();
    let saved = store.session(&account()).await.unwrap().unwrap();
    assert_eq!((saved.state, saved.saved_at), (SessionState::Cold, at(999)));
    assert!(store.shared_copy(&account()).await.unwrap() == Some(copy));
}

async fn who_needs_no_right_writes_whoever_keeps_the_session(backend: &dyn Backend) {
    let store = backend.open().await;
    kept(&*store, "node-a", 0).await;
    let saved = crate::given::logged_in(&*store, None).await;
    assert_eq!(saved.generation.0, 1);
    store
        .save_session(&account(), None, SessionState::Cold, at(1))
        .await
        .unwrap();
}

async fn that_another_keeps_the_session_is_told_and_a_renewal_is_not(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut listener = Listener::of(&*store);
    let token = kept(&*store, "node-a", 0).await;
    assert_eq!(listener.heard().await, [Change::Session]);

    keep(&*store, "node-b", 1).await;
    let renewed = store.renew_account(&account(), token, at(2), at(62)).await;
    assert_eq!(renewed, Ok(true));
    let stranger = token.next();
    store
        .release_account(&account(), stranger, at(3))
        .await
        .unwrap();
    assert!(listener.heard().await.is_empty());

    let next = kept(&*store, "node-a", 4).await;
    assert_eq!(listener.heard().await, [Change::Session]);
    for news in [&[Change::Session][..], &[]] {
        store
            .release_account(&account(), next, at(5))
            .await
            .unwrap();
        assert_eq!(listener.heard().await, news);
    }
}
