//! Where each clone logs in by itself, its logins are as careful as those of a master session.

use formhand_domain::account::SessionState;
use formhand_portal::CloneMode;
use formhand_practice::{Fault, FaultName, LoginOutcome, Step};
use formhand_store::SessionWish;
use formhand_testkit::{Customer, World, WorldOptions};

use crate::support::{
    BROKER, assert_filed_at_once, forgive, held, logins, needs_a_person, now, waits_unspent,
};

fn each_logs_in() -> WorldOptions {
    WorldOptions::default().adapt(|portal| portal.session.clone = CloneMode::Login)
}

async fn assert_not_ready(world: &World) {
    let why = world.engine.not_ready().await;
    assert!(
        why.as_ref()
            .is_some_and(|why| why.contains("no account has a session")),
        "{why:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spent_login_budget_makes_jobs_wait_and_burns_none() {
    let options = each_logs_in().adapt(|portal| portal.session.budget.logins = 1);
    let world = World::with(options).await;
    let first = world.file(Customer::number(1).record()).await;
    assert_filed_at_once(&world, &[first]).await;
    assert_eq!(world.engine.not_ready().await, None);

    let second = world.submit(Customer::number(2).record()).await.job.id;
    let is_spent = |state: &SessionState| matches!(state, SessionState::Down { until, reason } if reason.contains("1 login") && *until > now());
    world
        .when_session(BROKER, "to wait for its budget", |saved| {
            is_spent(&saved.state)
        })
        .await;
    let job = waits_unspent(&world, second).await;
    assert!(
        job.due_at().is_some_and(|due_at| due_at > now()),
        "it is due only when the budget is"
    );
    assert_not_ready(&world).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_is_met_once_and_jobs_wait_for_a_person() {
    let options = each_logs_in().faults([Fault::new(FaultName::UserLocked).once()]);
    let world = World::with(options).await;
    let mut ids = Vec::new();
    for number in 1..=2 {
        ids.push(world.submit(Customer::number(number).record()).await.job.id);
        needs_a_person(&world, BROKER).await;
        waits_unspent(&world, ids[ids.len() - 1]).await;
    }
    assert_not_ready(&world).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Locked]);

    forgive(&world).await;
    for id in ids {
        assert_filed_at_once(&world, &[world.end_of(id).await]).await;
    }
    assert_eq!(world.engine.not_ready().await, None);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drain_does_not_wait_for_a_login_and_the_job_keeps_its_attempt() {
    let hold = Fault::new(FaultName::Hold).step(Step::Login).once();
    let mut world = World::with(each_logs_in().faults([hold])).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    held(&world, 0, Step::Login).await;
    world.engine.drain().await;
    waits_unspent(&world, id).await;
    world.practice.release();
    world.restart().await;
    assert_filed_at_once(&world, &[world.end_of(id).await]).await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_from_a_time_with_a_master_session_starts_none() {
    let world = World::with(each_logs_in()).await;
    let account = world.account(BROKER);
    let wished = world
        .store
        .wish_session(&account, SessionWish::Recover, now())
        .await;
    wished.expect("the store writes");
    let job = world.file(Customer::number(1).record()).await;
    assert_filed_at_once(&world, &[job]).await;
    assert!(world.masters().is_empty());
    let left = world.store.take_session_wish(&account).await;
    assert_eq!(left.expect("the store reads"), None);
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    world.end().await;
}
