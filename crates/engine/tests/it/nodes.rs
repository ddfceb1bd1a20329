//! Several servers on one store: they share an account's session and its limits, and one takes over from another.

use formhand_domain::{
    JobId, NodeId, Outcome, Status,
    account::{RecoveryCause, SessionHappening},
};
use formhand_mongod::{FailCommand, FailMode, Failure, ReplicaSet};
use formhand_practice::{Fault, FaultName, LoginOutcome, Step};
use formhand_store::{Change, SessionWish};
use formhand_testkit::{Customer, World, WorldOptions};
use jiff::SignedDuration;

use crate::support::{
    BROKER, all_filed_at_once, assert_filed_at_once, filed, held, logins, now, plenty_of_logins,
    stands,
};

/// A world with one worker a server, so that two jobs at once are on two servers.
fn options() -> WorldOptions {
    let mut options = plenty_of_logins(WorldOptions::default().shared());
    options.workers = 1;
    options
}

/// With leases that outlast a database that is away for a while.
fn patient(mut options: WorldOptions) -> WorldOptions {
    options.timing.lease = SignedDuration::from_secs(60);
    options
}

/// Lets the portal hold so many jobs at one step.
fn hold(count: u32) -> Fault {
    Fault::new(FaultName::Hold)
        .step(Step::Customer)
        .times(count)
}

/// Hands the records of two customers in, and waits until the portal holds both.
async fn two_at_work(world: &World, customers: [u32; 2]) -> Vec<JobId> {
    let mut ids = Vec::new();
    let mut mark = 0;
    for number in customers {
        ids.push(world.submit(Customer::number(number).record()).await.job.id);
    }
    for _ in 0..2 {
        mark = held(world, mark, Step::Customer).await.seq;
    }
    ids
}

async fn owners(world: &World, ids: &[JobId]) -> Vec<NodeId> {
    let mut owners = Vec::new();
    for id in ids {
        let job = world.store.job(*id).await.expect("the store reads");
        let job = job.expect("the job is there");
        owners.push(job.lease().expect("it is worked on").owner.clone());
    }
    owners.sort();
    owners
}

/// Waits until this server keeps the session.
async fn keeps(world: &World, node: &str) {
    let account = world.account(BROKER);
    let mut changes = world.store.changes();
    let kept = async {
        loop {
            let lease = world.store.account_lease(&account).await;
            let lease = lease.expect("the store reads");
            if lease.is_some_and(|lease| lease.owner.as_str() == node && !lease.expired(now())) {
                return;
            }
            // A signal that was missed is a signal all the same.
            let _ = changes.recv().await;
        }
    };
    let limit = std::time::Duration::from_secs(20);
    let found = tokio::time::timeout(limit, kept).await;
    found.unwrap_or_else(|_| panic!("waited {limit:?} for {node} to keep the session"));
}

async fn causes(world: &World) -> Vec<RecoveryCause> {
    let history = world.session_history(BROKER).await;
    let pick = |what| match what {
        SessionHappening::RecoveryEnded { cause, .. } => Some(cause),
        _ => None,
    };
    let events = history.into_iter().map(|event| event.what);
    events.filter_map(pick).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_work_with_one_login() {
    let world = World::with(options().faults([hold(2)])).await;
    let peer = world.join("peer").await;
    let ids = two_at_work(&world, [1, 2]).await;
    let names = ["peer", "test"].map(|name| NodeId::new(name).unwrap());
    assert_eq!(owners(&world, &ids).await, names);
    assert_eq!(world.masters().len() + peer.masters().len(), 1);
    world.practice.release();
    all_filed_at_once(&world, ids).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    peer.end().await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf30_an_expiry_that_two_servers_meet_costs_one_login() {
    let world = World::with(options().faults([hold(2)])).await;
    let peer = world.join("peer").await;
    let ids = two_at_work(&world, [1, 2]).await;
    world.practice.expire_sessions();
    world.practice.release();
    all_filed_at_once(&world, ids).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted; 2]);
    let expected = [RecoveryCause::FirstUse, RecoveryCause::Expired];
    assert_eq!(causes(&world).await, expected);
    peer.end().await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_keeper_dies_another_goes_on_with_its_session_and_no_login() {
    let mut world = World::with(options()).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_filed_at_once(&world, &[job]).await;
    let peer = world.join("peer").await;
    world.kill().await;
    keeps(&world, "peer").await;
    let job = world.file(Customer::number(2).record()).await;
    assert_filed_at_once(&world, &[job]).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    assert_eq!(peer.masters().len(), 1);
    let expected = [RecoveryCause::FirstUse, RecoveryCause::TakenOver];
    assert_eq!(causes(&world).await, expected);
    peer.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keeper_that_is_drained_hands_the_session_over_and_takes_no_more_jobs() {
    let world = World::with(options()).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_filed_at_once(&world, &[job]).await;
    let peer = world.join("peer").await;
    let drained = NodeId::new("test").unwrap();
    assert!(world.store.drain_node(&drained, true).await.unwrap());
    keeps(&world, "peer").await;
    assert_eq!(world.masters(), [0; 0]);
    world.practice.add_fault(hold(1)).unwrap();
    let id = world.submit(Customer::number(2).record()).await.job.id;
    let other = world.submit(Customer::number(3).record()).await.job.id;
    held(&world, 0, Step::Customer).await;
    assert_eq!(
        owners(&world, &[id]).await,
        std::slice::from_ref(&peer.node)
    );
    let waits = world.store.job(other).await.unwrap().unwrap();
    assert_eq!(waits.status(), Status::Pending, "the peer has one worker");
    // It takes part again when it is let.
    world.store.drain_node(&drained, false).await.unwrap();
    let job = world.end_of(other).await;
    assert_filed_at_once(&world, &[job]).await;
    world.practice.release();
    all_filed_at_once(&world, vec![id]).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    peer.end().await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_is_fulfilled_by_the_server_that_keeps_the_session() {
    let world = World::with(options()).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_filed_at_once(&world, &[job]).await;
    let peer = world.join("peer").await;
    let account = world.account(BROKER);
    let wished = world
        .store
        .wish_session(&account, SessionWish::Recover, now());
    wished.await.unwrap();
    let asked = |saved: &formhand_store::SavedSession| saved.generation.0 >= 1;
    world.when_session(BROKER, "to be there", asked).await;
    until_caused(&world, RecoveryCause::Asked).await;
    keeps(&world, "test").await;
    assert_eq!(peer.masters(), [0; 0]);
    peer.end().await;
    world.end().await;
}

async fn until_caused(world: &World, cause: RecoveryCause) {
    let mut changes = world.store.changes();
    while !causes(world).await.contains(&cause) {
        let signal = changes.recv().await;
        assert!(!matches!(signal, Ok(Change::Missed)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_in_the_list_as_long_as_it_runs() {
    let world = World::with(options()).await;
    let peer = world.join("peer").await;
    let names = async || {
        let nodes = world.store.nodes().await.unwrap();
        let names = nodes.into_iter().map(|node| node.entry.id.to_string());
        names.collect::<Vec<_>>()
    };
    let mut changes = world.store.changes();
    while names().await != ["peer", "test"] {
        let _ = changes.recv().await;
    }
    peer.end().await;
    assert_eq!(names().await, ["test"]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf08_a_server_that_is_drained_or_stops_leaves_the_jobs_of_others_alone() {
    let world = World::with(options().faults([hold(2)])).await;
    let peer = world.join("peer").await;
    let ids = two_at_work(&world, [1, 2]).await;
    let before = owners(&world, &ids).await;
    let of_test: Vec<JobId> = of(&world, &ids, "test").await;
    // The peer gives its own job back and ends; the other one is not touched.
    peer.end().await;
    let still = owners(&world, &of_test).await;
    assert_eq!(still, [NodeId::new("test").unwrap()]);
    assert_eq!(before.len(), 2);
    world.practice.release();
    let mut jobs = Vec::new();
    for id in ids {
        jobs.push(world.end_of(id).await);
    }
    assert_filed_at_once(&world, &jobs).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    world.end().await;
}

/// Those that this server works on.
async fn of(world: &World, ids: &[JobId], node: &str) -> Vec<JobId> {
    let mut found = Vec::new();
    for id in ids {
        if owners(world, &[*id]).await[0].as_str() == node {
            found.push(*id);
        }
    }
    found
}

/// The same on the database that several servers have in practice.
#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_mongodb_work_with_one_login_and_outlive_their_database() {
    let folder = tempfile::tempdir().unwrap();
    let mut database = ReplicaSet::start(&folder.path().join("mongodb"))
        .await
        .unwrap();
    let options = patient(options().faults([hold(2)]).on_mongodb(database.url()));
    let world = World::with(options).await;
    let peer = world.join("peer").await;
    let ids = two_at_work(&world, [1, 2]).await;
    let names = ["peer", "test"].map(|name| NodeId::new(name).unwrap());
    assert_eq!(owners(&world, &ids).await, names);
    database.kill().await;
    // Filled, and not submitted: that cannot be recorded.
    world.practice.release();
    database.restart().await.unwrap();
    let mut jobs = Vec::new();
    for id in ids {
        jobs.push(world.end_of(id).await);
    }
    for (number, job) in (1..).zip(&jobs) {
        assert_eq!(stands(job), (Status::Completed, Outcome::Submitted));
        assert_eq!(filed(&world.practice, number), 1);
    }
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    peer.end().await;
    world.end().await;
    database.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_whose_end_the_database_did_not_take_is_not_made_again() {
    log_in_while_failing(FailMode::Always).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_the_database_did_not_take_is_shared_later() {
    // What is written first says how the login ended.
    log_in_while_failing(FailMode::AfterFirst(1)).await;
}

/// The database takes nothing of accounts for a while, once the portal has accepted the login: the other server gets the
/// session all the same, and nobody logs in again.
async fn log_in_while_failing(mode: FailMode) {
    /// The copy and the state, each tried twice by the driver.
    const FAILURES: i64 = 4;
    const UNREACHABLE: i32 = 6;
    let folder = tempfile::tempdir().expect("a folder");
    let database = ReplicaSet::start(&folder.path().join("mongodb")).await;
    let database = database.expect("a database starts");
    // The first one is whether a session is there already, the second is the first page of the new one.
    let pages = Fault::new(FaultName::Hold).step(Step::Dashboard).times(2);
    let options = patient(options().faults([pages]).on_mongodb(database.url()));
    let world = World::with(options).await;
    let peer = world.join("peer").await;
    let first = world.submit(Customer::number(1).record()).await.job.id;
    let asked = held(&world, 0, Step::Dashboard).await.seq;
    world.practice.release();
    held(&world, asked, Step::Dashboard).await;
    let failure = Failure::Error {
        code: UNREACHABLE,
        labels: Vec::new(),
    };
    let failing = FailCommand::new(["update"], mode, failure);
    let failing = failing.only_on("formhand.accounts");
    let failing = database.fail_command(&failing).await;
    let failing = failing.expect("it takes fail points");
    world.practice.release();
    let failed = database.until_failed(failing, FAILURES).await;
    failed.expect("it waits for failures");
    database.heal().await.expect("it heals");
    all_filed_at_once(&world, vec![first]).await;
    world
        .practice
        .add_fault(hold(2))
        .expect("a fault that fits");
    let ids = two_at_work(&world, [2, 3]).await;
    let names = ["peer", "test"].map(|name| NodeId::new(name).expect("a name"));
    assert_eq!(owners(&world, &ids).await, names);
    world.practice.release();
    all_filed_at_once(&world, ids).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    peer.end().await;
    world.end().await;
    database.stop().await;
}
