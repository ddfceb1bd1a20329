//! The session heals itself: once, for all who wait, as far up the ladder as it has to.

use std::time::Duration;

use formhand_domain::{
    Outcome, Status,
    account::{
        AttemptResult, RecoveryCause, RecoveryEnd, RecoveryLevel, SessionEvent, SessionHappening,
        SessionState, Severity,
    },
};
use formhand_practice::{Fault, FaultName, LoginOutcome, Step};
use formhand_store::SessionWish;
use formhand_testkit::{Customer, World, WorldOptions};

use crate::support::{
    BROKER, all_filed_at_once, assert_filed_at_once, hold_three, logins, now, plenty_of_logins,
    stands, three_at_work,
};

use RecoveryLevel::{Hard, Nuclear, Soft};

/// The tries of all recoveries: what set each off, its level, and whether it brought the session back.
fn tries(history: &[SessionEvent]) -> Vec<(RecoveryCause, RecoveryLevel, bool)> {
    let pick = |event: &SessionEvent| match event.what {
        SessionHappening::RecoveryAttempt {
            cause,
            level,
            result,
            ..
        } => Some((cause, level, result == AttemptResult::Recovered)),
        _ => None,
    };
    history.iter().filter_map(pick).collect()
}

fn count(history: &[SessionEvent], wanted: impl Fn(&SessionHappening) -> bool) -> usize {
    history.iter().filter(|event| wanted(&event.what)).count()
}

fn ended(cause: RecoveryCause) -> impl Fn(&SessionHappening) -> bool {
    move |what| matches!(what, SessionHappening::RecoveryEnded { cause: of, .. } if *of == cause)
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_1_normal_operation_takes_one_login_and_no_other_recovery() {
    let world = World::new().await;
    let jobs = world
        .file_all((1..=3).map(|number| Customer::number(number).record()))
        .await;
    assert_filed_at_once(&world, &jobs).await;
    let history = world.session_history(BROKER).await;
    assert_eq!(tries(&history), [(RecoveryCause::FirstUse, Soft, true)]);
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_2_kf30_three_jobs_that_meet_one_expiry_cost_one_recovery_and_no_browser() {
    let world = World::faulty([hold_three()]).await;
    let ids = three_at_work(&world).await;
    let master = world.masters();
    world.practice.expire_sessions();
    world.practice.release();
    all_filed_at_once(&world, ids).await;
    let history = world.session_history(BROKER).await;
    assert_eq!(
        tries(&history),
        [
            (RecoveryCause::FirstUse, Soft, true),
            (RecoveryCause::Expired, Soft, true)
        ]
    );
    assert_eq!(
        count(&history, |what| matches!(
            what,
            SessionHappening::Expired { .. }
        )),
        1
    );
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted; 2]);
    assert_eq!(world.masters(), master, "another browser was started");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_3_a_master_that_is_killed_touches_no_job_and_costs_no_login() {
    let world = World::faulty([hold_three()]).await;
    let ids = three_at_work(&world).await;
    world.kill_master();
    let history = world
        .when_session_event(BROKER, "the recovery", ended(RecoveryCause::BrowserGone))
        .await;
    assert_eq!(
        tries(&history)[1..],
        [(RecoveryCause::BrowserGone, Hard, true)]
    );
    world.practice.release();
    all_filed_at_once(&world, ids).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    world.end().await;
}

/// Login attempts that the portal does not answer, and no patience for them.
fn silent(times: u32) -> WorldOptions {
    plenty_of_logins(WorldOptions::default())
        .adapt(|portal| portal.session.login_timeout = Duration::from_secs(3))
        .faults([Fault::new(FaultName::LoginSilent).nth(2).times(times)])
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_4_kf32_when_soft_and_hard_fail_an_empty_profile_helps_and_the_old_one_is_a_backup()
 {
    let world = World::with(silent(5)).await;
    assert_filed_at_once(&world, &[world.file(Customer::number(1).record()).await]).await;
    let mark = world.masters_folder().join("mark");
    std::fs::write(&mark, "of the old profile").expect("it is written");
    world.practice.expire_sessions();
    assert_filed_at_once(&world, &[world.file(Customer::number(2).record()).await]).await;
    let history = world.session_history(BROKER).await;
    let expired = RecoveryCause::Expired;
    assert_eq!(
        tries(&history)[1..],
        [
            (expired, Soft, false),
            (expired, Soft, false),
            (expired, Soft, false),
            (expired, Hard, false),
            (expired, Hard, false),
            (expired, Nuclear, true)
        ]
    );
    assert_eq!(
        count(&history, |what| *what == SessionHappening::BackedUp),
        1
    );
    assert!(!mark.exists(), "the old profile is still used");
    let backup = world.backups().join("1/mark");
    assert_eq!(
        std::fs::read_to_string(backup).expect("a backup"),
        "of the old profile"
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_5_kf29_kf33_when_all_fails_the_old_profile_is_back_jobs_wait_and_the_next_recovery_counts_anew()
 {
    let world = World::with(silent(6)).await;
    assert_filed_at_once(&world, &[world.file(Customer::number(1).record()).await]).await;
    let mark = world.masters_folder().join("mark");
    std::fs::write(&mark, "of the old profile").expect("it is written");
    world.practice.expire_sessions();
    let waiting = world.submit(Customer::number(2).record()).await.job.id;
    let history = world
        .when_session_event(BROKER, "the end", ended(RecoveryCause::Expired))
        .await;
    let levels: Vec<_> = tries(&history)[1..]
        .iter()
        .map(|(_, level, _)| *level)
        .collect();
    assert_eq!(levels, [Soft, Soft, Soft, Hard, Hard, Nuclear]);
    assert_eq!(
        count(&history, |what| *what == SessionHappening::Restored),
        1
    );
    assert_eq!(
        std::fs::read_to_string(&mark).expect("the old profile"),
        "of the old profile"
    );
    let alert = history
        .iter()
        .find(|event| event.what.severity() == Severity::Critical);
    assert!(
        matches!(
            alert.map(|event| &event.what),
            Some(SessionHappening::RecoveryEnded {
                verdict: RecoveryEnd::Exhausted,
                ..
            })
        ),
        "{history:?}"
    );
    // The fault is over: the probe finds the portal well, from the bottom of the ladder.
    let job = world.end_of(waiting).await;
    assert_eq!(
        (stands(&job), job.attempts),
        ((Status::Completed, Outcome::Submitted), 1)
    );
    let history = world.session_history(BROKER).await;
    assert_eq!(
        tries(&history).last(),
        Some(&(RecoveryCause::Probe, Soft, true))
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_stops_the_ladder_at_its_first_try() {
    let options = WorldOptions {
        password: Some("not-this-one".to_owned()),
        ..WorldOptions::default()
    };
    let world = World::with(options).await;
    world.submit(Customer::number(1).record()).await;
    let history = world
        .when_session_event(BROKER, "the end", ended(RecoveryCause::FirstUse))
        .await;
    assert_eq!(tries(&history), [(RecoveryCause::FirstUse, Soft, false)]);
    assert_eq!(logins(&world.practice), [LoginOutcome::WrongPassword]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf31_a_portal_that_hangs_holds_a_level_no_longer_than_its_limit() {
    let options = plenty_of_logins(WorldOptions::default()).adapt(|portal| {
        portal.session.recovery.soft.attempts = 2;
        portal.session.recovery.soft.limit = Duration::from_secs(3);
        portal.session.recovery.hard.attempts = 0;
        portal.session.recovery.nuclear.attempts = 0;
    });
    let slow = Fault::new(FaultName::Slow)
        .step(Step::Login)
        .delay_ms(60_000);
    let world = World::with(options.faults([slow])).await;
    world.submit(Customer::number(1).record()).await;
    let history = world
        .when_session_event(BROKER, "the end", ended(RecoveryCause::FirstUse))
        .await;
    let results: Vec<_> = history
        .iter()
        .filter_map(|event| match event.what {
            SessionHappening::RecoveryAttempt { result, .. } => Some(result),
            _ => None,
        })
        .collect();
    // On a machine that is very busy even the browser's start may take longer than this.
    let given_up = |result: &AttemptResult| {
        matches!(result, AttemptResult::TimedOut | AttemptResult::BrowserLost)
    };
    assert!(
        !results.is_empty() && results.iter().all(given_up),
        "{results:?}"
    );
    world
        .practice
        .set_faults(Vec::new())
        .expect("no fault is right");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_wishes_is_done() {
    let world = World::new().await;
    assert_filed_at_once(&world, &[world.file(Customer::number(1).record()).await]).await;
    let account = world.account(BROKER);
    let wish = |wish| world.store.wish_session(&account, wish, now());
    wish(SessionWish::Recover).await.expect("the store writes");
    let history = world
        .when_session_event(BROKER, "the recovery", ended(RecoveryCause::Asked))
        .await;
    assert_eq!(
        tries(&history).last(),
        Some(&(RecoveryCause::Asked, Soft, true))
    );
    assert_eq!(logins(&world.practice).len(), 1, "the session was alive");
    wish(SessionWish::LogOut).await.expect("the store writes");
    world
        .when_session(BROKER, "to be cold", |saved| {
            saved.state == SessionState::Cold
        })
        .await;
    wish(SessionWish::LogIn).await.expect("the store writes");
    world
        .when_session(BROKER, "to be active", |saved| {
            matches!(saved.state, SessionState::Active { .. })
        })
        .await;
    assert_eq!(logins(&world.practice).len(), 2, "the login was forgotten");
    world.end().await;
}
