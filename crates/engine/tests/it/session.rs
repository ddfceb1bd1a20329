//! A session that ends is replaced without anybody noticing.

use formhand_domain::Generation;
use formhand_practice::{Fault, FaultName, LoginOutcome, Step};
use formhand_testkit::{Customer, World, WorldOptions};

use crate::support::{
    BROKER, all_filed_at_once, assert_filed_at_once, filed, hold_three, logins, plenty_of_logins,
    save_requests, three_at_work,
};

#[tokio::test(flavor = "multi_thread")]
async fn kf26_a_session_that_ends_at_any_step_is_replaced_and_costs_no_attempt() {
    let steps = [
        Step::Dashboard,
        Step::Product,
        Step::Quote,
        Step::Form,
        Step::Form60,
        Step::Form60Submit,
        Step::Customer,
        Step::MakeModel,
        Step::Rto,
        Step::Coverage,
        Step::Calculate,
    ];
    let mut options = plenty_of_logins(WorldOptions::default());
    options.timing.stale_sessions = 20;
    let world = World::with(options).await;
    for step in steps {
        let fault = Fault::new(FaultName::ExpireAt).step(step).once();
        world.practice.add_fault(fault).expect("a fault");
    }
    let job = world.file(Customer::number(1).record()).await;
    assert_filed_at_once(&world, &[job]).await;
    assert!(
        world.practice.faults().is_empty(),
        "not every step was reached"
    );
    assert_eq!(save_requests(&world.practice), 1);
    // The first of them may find no session yet.
    let tries = logins(&world.practice).len();
    assert!(
        (steps.len()..=steps.len() + 1).contains(&tries),
        "{tries} logins"
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_expiry_costs_one_login_however_many_jobs_meet_it() {
    let world = World::faulty([hold_three()]).await;
    let ids = three_at_work(&world).await;
    world.practice.expire_sessions();
    world.practice.release();
    all_filed_at_once(&world, ids).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted; 2]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_costs_one_login_at_most_and_makes_the_next_generation() {
    let mut world = World::new().await;
    world.file(Customer::number(1).record()).await;
    world.restart().await;
    assert_filed_at_once(&world, &[world.file(Customer::number(2).record()).await]).await;
    assert_eq!([1, 2].map(|number| filed(&world.practice, number)), [1, 1]);
    let tries = logins(&world.practice).len();
    assert!(tries <= 2, "{tries} logins");
    let saved = world.when_session(BROKER, "to be there", |_| true).await;
    assert_eq!(
        saved.generation,
        Generation(u64::try_from(tries).expect("a small number"))
    );
    world.end().await;
}
