//! A portal that asks for a one-time code gets it where the account has one, and once.

use formhand_domain::{
    Outcome, Secret, Status,
    account::{NeedsHuman, SessionState},
};
use formhand_engine::{OneTimeCodeSetup, TotpSecret};
use formhand_practice::{LoginOutcome, User, UserState};
use formhand_store::QuestionKind;
use formhand_testkit::{Customer, World, WorldOptions};

use crate::support::{BROKER, answer, assert_filed_at_once, logins, now, questions, stands};

const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// A world whose portal asks its user for a code.
async fn asking(user: User, one_time_code: OneTimeCodeSetup) -> World {
    let options = WorldOptions {
        one_time_code,
        ..WorldOptions::default()
    };
    World::with(options.users([user])).await
}

/// The job waits without having been tried, and the account needs a person because of what the portal demands.
async fn assert_waits_for_a_person(world: &World, id: formhand_domain::JobId) {
    let demanded = |state: &SessionState| {
        matches!(
            state,
            SessionState::NeedsHuman {
                reason: NeedsHuman::Demand,
                ..
            }
        )
    };
    world
        .when_session(BROKER, "to need a person", |saved| demanded(&saved.state))
        .await;
    let waiting = (Status::Pending, Outcome::NotSubmitted);
    let job = world
        .when(id, "to wait", |job| stands(job) == waiting)
        .await;
    assert_eq!(job.attempts, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_a_secret_lets_the_account_in_without_a_person() {
    let secret = TotpSecret::read(&Secret::new(SECRET)).expect("base32");
    let user = User::default().with_totp(SECRET);
    let world = asking(user, OneTimeCodeSetup::Totp(secret)).await;
    let jobs = world
        .file_all([1, 2].map(|number| Customer::number(number).record()))
        .await;
    assert_filed_at_once(&world, &jobs).await;
    assert_eq!(
        logins(&world.practice),
        [LoginOutcome::OtpDemanded, LoginOutcome::Accepted]
    );
    let open = world.store.open_questions(now()).await;
    assert!(open.expect("the store reads").is_empty());
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_code_of_a_person_serves_all_jobs_of_the_account() {
    let user = User::default().with_state(UserState::Otp);
    let world = asking(user, OneTimeCodeSetup::Human).await;
    let mut ids = Vec::new();
    for number in 1..=3 {
        ids.push(world.submit(Customer::number(number).record()).await.job.id);
    }
    let [question] = &questions(&world, 1).await[..] else {
        panic!("more was asked than once");
    };
    assert_eq!(question.kind, QuestionKind::OneTimeCode);
    assert_eq!(question.account, world.account(BROKER));
    assert!(question.picture.is_empty());
    // What cannot be a code is not shown to the portal; the person is asked again.
    answer(&world, question, "24681").await;
    let [question] = &questions(&world, 1).await[..] else {
        panic!("more was asked than once");
    };
    let code = world.practice.one_time_code(&User::default().name);
    let (head, tail) = code.as_deref().expect("a code").split_at(3);
    answer(&world, question, &format!("{head} {tail}")).await;
    let mut jobs = Vec::new();
    for id in ids {
        jobs.push(world.end_of(id).await);
    }
    assert_filed_at_once(&world, &jobs).await;
    assert_eq!(
        logins(&world.practice),
        [LoginOutcome::OtpDemanded, LoginOutcome::Accepted]
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_the_portal_refused_is_not_followed_by_another() {
    let user = User::default().with_state(UserState::Otp);
    let mut world = asking(user, OneTimeCodeSetup::Human).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    let question = questions(&world, 1).await.remove(0);
    answer(&world, &question, "111111").await;
    assert_waits_for_a_person(&world, id).await;
    world.restart().await;
    assert_waits_for_a_person(&world, id).await;
    assert_eq!(
        logins(&world.practice),
        [LoginOutcome::OtpDemanded, LoginOutcome::WrongOtp]
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf24_an_account_without_a_source_of_codes_is_left_to_a_person() {
    let user = User::default().with_totp(SECRET);
    let world = asking(user, OneTimeCodeSetup::None).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    assert_waits_for_a_person(&world, id).await;
    assert_eq!(logins(&world.practice), [LoginOutcome::OtpDemanded]);
    let open = world.store.open_questions(now()).await;
    assert!(open.expect("the store reads").is_empty());
    world.end().await;
}
