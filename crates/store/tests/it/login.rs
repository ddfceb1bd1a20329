//! Logins and their budget.

use formhand_domain::{
    FencingToken, Generation,
    account::{BudgetRefusal, LoginBudget, LoginResult, NeedsHuman, SessionState},
};
use formhand_store::{LoginTicket, Store, StoreError};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::{
    backend::{Backend, on_every_backend},
    given::{account, account_named, at, kept},
};

on_every_backend! {
    a_login_is_counted_before_it_is_tried,
    the_budget_holds_against_two_servers_at_once,
    kf25_a_refused_password_is_never_tried_twice_however_long_ago,
    a_person_forgives_a_refusal_and_the_try_still_counts,
    a_success_after_a_refusal_is_remembered_as_long,
    a_success_makes_the_next_generation,
    a_failure_makes_no_generation,
    a_result_said_twice_counts_once,
    a_ticket_of_another_account_is_an_error,
    old_tries_make_room,
    a_keeper_logs_in_and_makes_the_next_generation,
    a_late_success_of_a_former_keeper_makes_no_generation,
    a_late_success_of_one_that_gave_its_right_back_makes_no_generation,
    a_login_of_a_former_process_makes_no_generation,
    kf25_a_late_refusal_of_a_former_keeper_is_remembered,
    the_tries_of_a_former_keeper_count,
    a_refusal_of_the_budget_is_an_answer_to_the_keeper_only,
}

const BUDGET: LoginBudget = LoginBudget {
    logins: 3,
    per: SignedDuration::from_hours(1),
};

const YEAR: i64 = 365 * 24 * 3600;

async fn begin(
    store: &dyn Store,
    password: &str,
    second: i64,
) -> Result<LoginTicket, BudgetRefusal> {
    store
        .begin_login(&account(), None, password, BUDGET, at(second))
        .await
        .unwrap()
}

async fn end(store: &dyn Store, ticket: LoginTicket, result: LoginResult, second: i64) -> u64 {
    let saved = store
        .finish_login(&account(), ticket, result, at(second))
        .await
        .unwrap();
    saved.generation.0
}

async fn a_login_is_counted_before_it_is_tried(backend: &dyn Backend) {
    let store = backend.open().await;
    for second in 0..3 {
        // The server dies each time: nobody says how it ended.
        begin(&*store, "p1", second).await.unwrap();
    }
    let refused = begin(&*backend.open().await, "p1", 4).await;
    let until = at(3600);
    let per = BUDGET.per;
    assert_eq!(
        refused,
        Err(BudgetRefusal::Spent {
            used: 3,
            per,
            until
        })
    );
    let other = store
        .begin_login(&account_named("other"), None, "p1", BUDGET, at(4))
        .await
        .unwrap();
    assert!(other.is_ok());
}

async fn the_budget_holds_against_two_servers_at_once(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    let mut tries = JoinSet::new();
    for server in 0..20 {
        let store = handles[server % 2].clone();
        tries.spawn(async move { begin(&*store, "p1", 0).await.is_ok() });
    }
    let allowed = tries
        .join_all()
        .await
        .into_iter()
        .filter(|allowed| *allowed);
    assert_eq!(allowed.count(), 3);
}

async fn kf25_a_refused_password_is_never_tried_twice_however_long_ago(backend: &dyn Backend) {
    let store = backend.open().await;
    let ticket = begin(&*store, "wrong", 0).await.unwrap();
    end(&*store, ticket, LoginResult::BadCredentials, 1).await;
    // Years of other logins make the store prune what is old.
    for year in 1..5 {
        let ticket = begin(&*store, "right", year * YEAR).await.unwrap();
        end(&*store, ticket, LoginResult::Succeeded, year * YEAR + 1).await;
    }
    let refused = begin(&*store, "wrong", 9 * YEAR).await;
    assert_eq!(refused, Err(BudgetRefusal::RefusedBefore { at: at(0) }));
}

async fn a_person_forgives_a_refusal_and_the_try_still_counts(backend: &dyn Backend) {
    let store = backend.open().await;
    for result in [LoginResult::Failed, LoginResult::BadCredentials] {
        let ticket = begin(&*store, "p1", 0).await.unwrap();
        end(&*store, ticket, result, 1).await;
    }
    let reason = NeedsHuman::BadCredentials;
    let (message, credentials) = ("wrong password".into(), "p1".into());
    let state = SessionState::NeedsHuman {
        reason,
        message,
        credentials,
    };
    store
        .save_session(&account(), None, state, at(1))
        .await
        .unwrap();
    assert!(begin(&*store, "p1", 2).await.is_err());
    store.forgive_account(&account(), at(3)).await.unwrap();
    let session = store.session(&account()).await.unwrap().unwrap();
    assert_eq!(session.state, SessionState::Cold);
    assert!(begin(&*store, "p1", 4).await.is_ok());
    assert!(matches!(
        begin(&*store, "p1", 5).await,
        Err(BudgetRefusal::Spent { used: 3, .. })
    ));
}

async fn a_success_after_a_refusal_is_remembered_as_long(backend: &dyn Backend) {
    let store = backend.open().await;
    let ticket = begin(&*store, "p1", 0).await.unwrap();
    end(&*store, ticket, LoginResult::Locked, 1).await;
    store.forgive_account(&account(), at(2)).await.unwrap();
    let ticket = begin(&*store, "p1", 3).await.unwrap();
    end(&*store, ticket, LoginResult::Succeeded, 4).await;
    begin(&*store, "p1", YEAR).await.unwrap();
    assert!(begin(&*store, "p1", 2 * YEAR).await.is_ok());
}

async fn a_success_makes_the_next_generation(backend: &dyn Backend) {
    let store = backend.open().await;
    for generation in 1..4 {
        let second = i64::try_from(generation).unwrap() * 7200;
        let ticket = begin(&*store, "p1", second).await.unwrap();
        let ended = end(&*store, ticket, LoginResult::Succeeded, second).await;
        assert_eq!(ended, generation);
    }
    let saved = store.session(&account()).await.unwrap().unwrap();
    assert_eq!(saved.generation, Generation(3));
    let (since, validated_at) = (at(21600), at(21600));
    let generation = Generation(3);
    assert_eq!(
        saved.state,
        SessionState::Active {
            generation,
            since,
            validated_at
        }
    );
}

async fn a_failure_makes_no_generation(backend: &dyn Backend) {
    let store = backend.open().await;
    assert!(store.session(&account()).await.unwrap().is_none());
    for (second, result) in [LoginResult::CaptchaWrong, LoginResult::Failed]
        .into_iter()
        .enumerate()
    {
        let second = i64::try_from(second).unwrap();
        let ticket = begin(&*store, "p1", second).await.unwrap();
        assert_eq!(end(&*store, ticket, result, second).await, 0);
    }
}

async fn a_result_said_twice_counts_once(backend: &dyn Backend) {
    let store = backend.open().await;
    let ticket = begin(&*store, "p1", 0).await.unwrap();
    assert_eq!(end(&*store, ticket, LoginResult::Succeeded, 1).await, 1);
    assert_eq!(end(&*store, ticket, LoginResult::Succeeded, 2).await, 1);
    assert_eq!(
        end(&*store, ticket, LoginResult::BadCredentials, 3).await,
        1
    );
    assert!(begin(&*store, "p1", 4).await.is_ok());
}

async fn a_ticket_of_another_account_is_an_error(backend: &dyn Backend) {
    let store = backend.open().await;
    let ticket = begin(&*store, "p1", 0).await.unwrap();
    let other = account_named("other");
    let result = LoginResult::Succeeded;
    assert!(
        store
            .finish_login(&other, ticket, result, at(1))
            .await
            .is_err()
    );
    assert!(store.session(&other).await.unwrap().is_none());
}

async fn old_tries_make_room(backend: &dyn Backend) {
    let store = backend.open().await;
    for second in 0..3 {
        begin(&*store, "p1", second).await.unwrap();
    }
    assert!(begin(&*store, "p1", 3599).await.is_err());
    assert!(begin(&*store, "p1", 3600).await.is_ok());
}

async fn begin_as(
    store: &dyn Store,
    keeper: FencingToken,
    password: &str,
    second: i64,
) -> LoginTicket {
    store
        .begin_login(&account(), Some(keeper), password, BUDGET, at(second))
        .await
        .unwrap()
        .unwrap()
}

/// What a server that does not keep the session any more says of its login: it is told so.
async fn end_late(store: &dyn Store, ticket: LoginTicket, result: LoginResult, second: i64) {
    let before = store.session(&account()).await.unwrap();
    let ended = store
        .finish_login(&account(), ticket, result, at(second))
        .await;
    assert_eq!(ended.err(), Some(StoreError::NotKeeper(account())));
    assert!(store.session(&account()).await.unwrap() == before);
}

async fn a_keeper_logs_in_and_makes_the_next_generation(backend: &dyn Backend) {
    let store = backend.open().await;
    let keeper = kept(&*store, "node-a", 0).await;
    for (generation, second) in [(1, 1), (2, 999)] {
        // Also when its time is over: nobody else has taken the right.
        let ticket = begin_as(&*store, keeper, "p1", second).await;
        let ended = end(&*store, ticket, LoginResult::Succeeded, second).await;
        assert_eq!(ended, generation);
    }
}

async fn a_late_success_of_a_former_keeper_makes_no_generation(backend: &dyn Backend) {
    let store = backend.open().await;
    let former = kept(&*store, "node-a", 0).await;
    let late = begin_as(&*store, former, "p1", 1).await;
    let other = backend.open().await;
    let present = kept(&*other, "node-b", 60).await;
    let ticket = begin_as(&*other, present, "p1", 61).await;
    end_late(&*store, late, LoginResult::Succeeded, 62).await;
    assert_eq!(end(&*other, ticket, LoginResult::Succeeded, 63).await, 1);
    // Said again it is no news, and as late.
    end_late(&*store, late, LoginResult::Succeeded, 64).await;
}

async fn a_late_success_of_one_that_gave_its_right_back_makes_no_generation(backend: &dyn Backend) {
    let store = backend.open().await;
    let keeper = kept(&*store, "node-a", 0).await;
    let late = begin_as(&*store, keeper, "p1", 1).await;
    store
        .release_account(&account(), keeper, at(2))
        .await
        .unwrap();
    end_late(&*store, late, LoginResult::Succeeded, 3).await;
}

async fn a_login_of_a_former_process_makes_no_generation(backend: &dyn Backend) {
    let store = backend.open().await;
    let dead = kept(&*store, "node-a", 0).await;
    let late = begin_as(&*store, dead, "p1", 1).await;
    let next = kept(&*store, "node-a", 2).await;
    end_late(&*store, late, LoginResult::Succeeded, 3).await;
    let ticket = begin_as(&*store, next, "p1", 4).await;
    assert_eq!(end(&*store, ticket, LoginResult::Succeeded, 5).await, 1);
}

async fn kf25_a_late_refusal_of_a_former_keeper_is_remembered(backend: &dyn Backend) {
    let store = backend.open().await;
    let former = kept(&*store, "node-a", 0).await;
    let late = begin_as(&*store, former, "wrong", 1).await;
    let present = kept(&*store, "node-b", 60).await;
    end_late(&*store, late, LoginResult::BadCredentials, 61).await;
    let refused = store
        .begin_login(&account(), Some(present), "wrong", BUDGET, at(YEAR))
        .await
        .unwrap();
    assert_eq!(refused, Err(BudgetRefusal::RefusedBefore { at: at(1) }));
}

async fn the_tries_of_a_former_keeper_count(backend: &dyn Backend) {
    let store = backend.open().await;
    let former = kept(&*store, "node-a", 0).await;
    begin_as(&*store, former, "p1", 1).await;
    let failed = begin_as(&*store, former, "p1", 2).await;
    let present = kept(&*store, "node-b", 60).await;
    end_late(&*store, failed, LoginResult::Failed, 61).await;
    begin_as(&*store, present, "p1", 62).await;
    let refused = store
        .begin_login(&account(), Some(present), "p1", BUDGET, at(63))
        .await
        .unwrap();
    assert!(matches!(refused, Err(BudgetRefusal::Spent { used: 3, .. })));
}

async fn a_refusal_of_the_budget_is_an_answer_to_the_keeper_only(backend: &dyn Backend) {
    let store = backend.open().await;
    let former = kept(&*store, "node-a", 0).await;
    for second in 1..4 {
        begin_as(&*store, former, "p1", second).await;
    }
    kept(&*store, "node-b", 60).await;
    let refused = store
        .begin_login(&account(), Some(former), "p1", BUDGET, at(61))
        .await;
    assert_eq!(refused, Err(StoreError::NotKeeper(account())));
}
