//! No account is locked, and none stands in for another.

use formhand_domain::{Outcome, Status, account::SessionState};
use formhand_engine::{IntakeError, SolverSetup};
use formhand_practice::{Fault, FaultName, LoginOutcome, Step, User, UserState};
use formhand_store::SavedSession;
use formhand_testkit::{Customer, World, WorldOptions};

use crate::support::{
    BROKER, WAITING, answer, assert_filed_at_once, forgive, is_request, logins, needs_a_person,
    now, plenty_of_logins, questions, stands, waits_unspent,
};

const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);

fn needs_human(state: &SessionState) -> bool {
    matches!(state, SessionState::NeedsHuman { .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn kf25_a_wrong_password_is_tried_once_over_many_jobs_and_restarts() {
    let options = WorldOptions {
        password: Some("not-this-one".to_owned()),
        ..WorldOptions::default()
    };
    let mut world = World::with(options).await;
    let mut ids = Vec::new();
    for number in 1..=3 {
        ids.push(world.submit(Customer::number(number).record()).await.job.id);
    }
    let saved = needs_a_person(&world, BROKER).await;
    let saved_before = saved.saved_at;
    for id in &ids {
        world
            .when(*id, "to wait", |job| stands(job) == WAITING)
            .await;
    }
    world.restart().await;
    // Whoever is claimed after the restart finds that there is nothing to try.
    let found_again =
        |saved: &SavedSession| saved.saved_at > saved_before && needs_human(&saved.state);
    world
        .when_session(BROKER, "to be found in need of a person again", found_again)
        .await;
    assert_eq!(logins(&world.practice), [LoginOutcome::WrongPassword]);
    for id in ids {
        waits_unspent(&world, id).await;
    }
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf23_kf24_an_account_that_needs_a_person_is_left_alone_and_none_stands_in_for_it() {
    let user = |name: &str, state| User::new(name, "not-a-real-password").with_state(state);
    let troubled = [
        ("locked", UserState::Locked, LoginOutcome::Locked),
        ("code", UserState::Otp, LoginOutcome::OtpDemanded),
        (
            "expired",
            UserState::PasswordExpired,
            LoginOutcome::PasswordExpired,
        ),
    ];
    let users = troubled.map(|(name, state, _)| user(name, state));
    let users = users
        .into_iter()
        .chain([User::new("good", "another-password")]);
    let world = World::with(WorldOptions::default().users(users)).await;

    let nameless = world
        .engine
        .intake()
        .submit(World::submission(Customer::number(9).record()))
        .await;
    assert!(
        matches!(
            nameless,
            Err(IntakeError::Ambiguous {
                what: "account",
                ..
            })
        ),
        "{nameless:?}"
    );

    let mut ids = Vec::new();
    for ((name, ..), number) in troubled.into_iter().zip(1..) {
        ids.push(
            world
                .submit_for(name, Customer::number(number).record())
                .await
                .job
                .id,
        );
    }
    let good = world
        .submit_for("good", Customer::number(4).record())
        .await
        .job
        .id;
    for (name, ..) in troubled {
        needs_a_person(&world, name).await;
    }
    assert_eq!(stands(&world.end_of(good).await), FILED);
    for ((name, _, outcome), id) in troubled.into_iter().zip(ids) {
        waits_unspent(&world, id).await;
        assert_eq!(world.practice.login_tries(name), 1, "{name}");
        assert!(logins(&world.practice).contains(&outcome), "{name}");
    }
    let users: Vec<_> = world
        .practice
        .ledger()
        .into_iter()
        .filter(|entry| is_request(entry, Step::Save))
        .map(|entry| entry.user)
        .collect();
    assert_eq!(users, [Some("good".to_owned())]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_a_person_has_put_right_is_used_again() {
    let world = World::faulty([Fault::new(FaultName::UserLocked).once()]).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    needs_a_person(&world, BROKER).await;
    world
        .when(id, "to wait", |job| stands(job) == WAITING)
        .await;

    forgive(&world).await;
    assert_filed_at_once(&world, &[world.end_of(id).await]).await;
    assert_eq!(
        logins(&world.practice),
        [LoginOutcome::Locked, LoginOutcome::Accepted]
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captcha_mistake_is_repeated_and_that_is_bounded() {
    let mistakes = Fault::new(FaultName::CaptchaRejected).times(3);
    let world = World::faulty([mistakes]).await;
    assert_filed_at_once(&world, &[world.file(Customer::number(1).record()).await]).await;
    let wrong = LoginOutcome::WrongCaptcha;
    assert_eq!(
        logins(&world.practice),
        [wrong, wrong, wrong, LoginOutcome::Accepted]
    );

    // Never right: the account's budget of 8 in an hour ends it, and no job is burnt.
    world.practice.expire_sessions();
    world
        .practice
        .add_fault(Fault::new(FaultName::CaptchaRejected))
        .expect("a fault");
    let id = world.submit(Customer::number(2).record()).await.job.id;
    let hopeless = |state: &SessionState| matches!(state, SessionState::Down { until, reason } if reason.contains("8 logins") && *until > now());
    world
        .when_session(BROKER, "to wait for its budget", |saved| {
            hopeless(&saved.state)
        })
        .await;
    let job = waits_unspent(&world, id).await;
    assert!(
        job.due_at().is_some_and(|due_at| due_at > now()),
        "it is due only when the budget is"
    );
    assert_eq!(logins(&world.practice).len(), 8);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf34_parallel_logins_read_their_own_captcha() {
    let users = [
        User::new("one", "first password"),
        User::new("two", "second password"),
    ];
    let world = World::with(plenty_of_logins(
        WorldOptions::default().captcha().users(users),
    ))
    .await;
    let one = world
        .submit_for("one", Customer::number(1).record())
        .await
        .job
        .id;
    let two = world
        .submit_for("two", Customer::number(2).record())
        .await
        .job
        .id;
    let jobs = [world.end_of(one).await, world.end_of(two).await];
    assert_filed_at_once(&world, &jobs).await;
    let refused = |outcome: &&LoginOutcome| **outcome == LoginOutcome::WrongCaptcha;
    let outcomes = logins(&world.practice);
    assert!(outcomes.iter().filter(refused).count() <= 4, "{outcomes:?}");
    assert_eq!(
        outcomes.iter().filter(|outcome| !refused(outcome)).count(),
        2,
        "{outcomes:?}"
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf34_parallel_logins_get_the_answer_to_their_own_captcha_from_people() {
    let users = [
        User::new("one", "first password"),
        User::new("two", "second password"),
    ];
    let options = WorldOptions {
        solver: SolverSetup::Human,
        ..WorldOptions::default()
    };
    let world = World::with(options.captcha().users(users)).await;
    let mut ids = Vec::new();
    for (name, number) in [("one", 1), ("two", 2)] {
        let record = Customer::number(number).record();
        ids.push(world.submit_for(name, record).await.job.id);
    }
    // Both wait at the same time, and the one that asked last is answered first.
    let open = questions(&world, 2).await;
    let mut accounts: Vec<_> = open.iter().map(|question| &question.account).collect();
    accounts.sort();
    assert_eq!(accounts, [&world.account("one"), &world.account("two")]);
    for question in open.iter().rev() {
        let letters = world.practice.captcha_answer_in(&question.picture);
        answer(&world, question, &letters.expect("an open captcha")).await;
    }
    let jobs = [world.end_of(ids[0]).await, world.end_of(ids[1]).await];
    assert_filed_at_once(&world, &jobs).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted; 2]);
    world.end().await;
}
