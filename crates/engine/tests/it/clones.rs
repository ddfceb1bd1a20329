//! How a job gets its copy of the session, whatever the portal's login hangs on.

use std::time::Duration;

use formhand_domain::{
    Status,
    account::{SessionHappening, SessionState},
};
use formhand_engine::Wear;
use formhand_portal::{Carried, CloneMode};
use formhand_practice::{Fault, FaultName, LoginCarrier, LoginOutcome, Step};
use formhand_testkit::{Customer, World, WorldOptions};
use jiff::SignedDuration;

use crate::support::{
    BROKER, all_filed_at_once, assert_filed_at_once, held, hold_three, logins, plenty_of_logins,
    remember_lives, three_at_work,
};

/// Files three customers' forms at a time, each at its first attempt.
async fn file_three(world: &World) {
    let records = (1..=3).map(|number| Customer::number(number).record());
    let jobs = world.file_all(records).await;
    assert_filed_at_once(world, &jobs).await;
}

fn cloned_by(mode: CloneMode) -> WorldOptions {
    plenty_of_logins(WorldOptions::default()).adapt(move |portal| portal.session.clone = mode)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_context_clone_carries_what_the_definition_says() {
    for carrier in [
        LoginCarrier::LocalStorage,
        LoginCarrier::SessionStorage,
        LoginCarrier::IndexedDb,
    ] {
        let mut options = WorldOptions::default().adapt(|portal| {
            portal.session.carries.insert(Carried::IndexedDb);
        });
        options.practice.login_carried_by = carrier;
        let world = World::with(options).await;
        file_three(&world).await;
        assert_eq!(
            logins(&world.practice),
            [LoginOutcome::Accepted],
            "{carrier:?}"
        );
        world.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn storage_that_cannot_be_copied_costs_one_login_and_says_what_to_do() {
    let mut options = WorldOptions::default().adapt(|portal| {
        portal.session.carries.insert(Carried::IndexedDb);
    });
    options.practice.login_carried_by = LoginCarrier::SealedIndexedDb;
    let world = World::with(options).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    let tells = |reason: &str| reason.contains("CryptoKey") && reason.contains("clone: profile");
    world
        .when_session(
            BROKER,
            "to be down",
            |saved| matches!(&saved.state, SessionState::Down { reason, .. } if tells(reason)),
        )
        .await;
    let job = world
        .when(id, "to wait", |job| job.status() == Status::Pending)
        .await;
    assert_eq!(job.attempts, 0);
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf27_a_profile_clone_carries_what_no_context_can() {
    let mut options = cloned_by(CloneMode::Profile);
    options.practice.login_carried_by = LoginCarrier::SealedIndexedDb;
    let world = World::with(options).await;
    file_three(&world).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf27_a_profile_clone_is_logged_in_as_its_master() {
    let world = World::with(cloned_by(CloneMode::Profile)).await;
    file_three(&world).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf27_a_profile_clone_is_the_device_that_its_master_is() {
    let mut options = cloned_by(CloneMode::Profile);
    options.practice.device_bound = true;
    let world = World::with(options).await;
    file_three(&world).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf35_a_profile_clone_whose_browser_dies_leaves_nothing_and_its_job_is_filed() {
    let hold = Fault::new(FaultName::Hold).step(Step::Customer).once();
    let world = World::with(cloned_by(CloneMode::Profile).faults([hold])).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    held(&world, 0, Step::Customer).await;
    world.kill_worker();
    world.practice.release();
    let job = world.end_of(id).await;
    assert_eq!(job.status(), Status::Completed);
    assert_eq!(job.attempts, 2);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_each_clone_logs_in_by_itself_there_is_no_master() {
    let world = World::with(cloned_by(CloneMode::Login)).await;
    file_three(&world).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted; 3]);
    assert!(world.masters().is_empty());
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clone_that_logged_in_by_itself_does_so_again_when_its_session_ends() {
    let expiry = Fault::new(FaultName::ExpireAt).step(Step::Customer).once();
    let world = World::with(cloned_by(CloneMode::Login).faults([expiry])).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_filed_at_once(&world, &[job]).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted; 2]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf28_on_an_exclusive_portal_one_login_follows_an_end_and_no_clone_logs_in() {
    let world = exclusive(hold_three()).await;
    let ids = three_at_work(&world).await;
    world.practice.expire_sessions();
    world.practice.release();
    all_filed_at_once(&world, ids).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted; 2]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_an_exclusive_portal_a_login_elsewhere_costs_one_login_and_no_attempt() {
    let world = exclusive(hold_three()).await;
    let ids = three_at_work(&world).await;
    let user = formhand_practice::User::default();
    world.practice.log_in_elsewhere(&user.name);
    world.practice.release();
    all_filed_at_once(&world, ids).await;
    // Ours, the other one, and the one that takes the session back.
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted; 3]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_an_exclusive_portal_a_session_is_not_replaced_while_a_job_works_with_it() {
    // The job works for longer than its session is expected to live.
    let slow = Fault::new(FaultName::Slow)
        .step(Step::Customer)
        .delay_ms(9000);
    let world = exclusive(slow.once()).await;
    remember_lives(&world, SignedDuration::from_secs(6), 8).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_filed_at_once(&world, &[job]).await;
    let history = world
        .when_session_event(BROKER, "a renewal", |what| {
            matches!(what, SessionHappening::Renewed { .. })
        })
        .await;
    let lived_longer = history.iter().any(
        |event| matches!(event.what, SessionHappening::Renewed { lived_ms } if lived_ms > 9000),
    );
    assert!(lived_longer, "{history:?}");
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted; 2]);
    world.end().await;
}

/// A world whose portal lets one session of a user live.
async fn exclusive(fault: Fault) -> World {
    let mut options = plenty_of_logins(WorldOptions::default().faults([fault]))
        .adapt(|portal| portal.session.exclusive = true);
    options.practice.single_session = true;
    World::with(options).await
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_of_one_account_start_at_its_pace() {
    let pace = SignedDuration::from_secs(2);
    let options = WorldOptions::default().adapt(move |portal| portal.session.pace = Some(pace));
    let world = World::with(options).await;
    let began = tokio::time::Instant::now();
    file_three(&world).await;
    // Two pauses lie between three starts.
    let took = began.elapsed();
    assert!(took >= Duration::from_secs(4), "{took:?}");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worn_worker_browser_is_replaced_between_two_jobs() {
    let by_count = Wear {
        jobs: 1,
        ..Wear::default()
    };
    let by_age = Wear {
        age: Duration::ZERO,
        ..Wear::default()
    };
    let by_memory = Wear {
        memory_bytes: 1,
        ..Wear::default()
    };
    for (wear, is_replaced) in [
        (Wear::default(), false),
        (by_count, true),
        (by_age, true),
        (by_memory, true),
    ] {
        let world = World::with(WorldOptions {
            wear: wear.clone(),
            workers: 1,
            ..WorldOptions::default()
        })
        .await;
        let mut folders = Vec::new();
        for number in 1..=2 {
            let hold = Fault::new(FaultName::Hold).step(Step::Customer).once();
            world.practice.add_fault(hold).expect("a fault");
            let mark = world.practice.ledger().last().map_or(0, |entry| entry.seq);
            let id = world.submit(Customer::number(number).record()).await.job.id;
            held(&world, mark, Step::Customer).await;
            folders.push(workers(&world));
            world.practice.release();
            let job = world.end_of(id).await;
            assert_filed_at_once(&world, &[job]).await;
        }
        assert_eq!(folders[0] != folders[1], is_replaced, "{wear:?}");
        world.end().await;
    }
}

/// The profiles of the browsers that jobs work in.
fn workers(world: &World) -> Vec<String> {
    let entries = std::fs::read_dir(world.profiles()).expect("the folder is there");
    let names = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.filter(|name| name.starts_with("worker-")).collect();
    names.sort();
    names
}
