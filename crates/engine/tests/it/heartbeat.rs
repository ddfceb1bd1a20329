//! A session is kept alive, its end is seen, and it is replaced ahead of it.

use std::time::Duration;

use formhand_domain::{
    Generation,
    account::{SessionEvent, SessionHappening, SessionState, Validation},
};
use formhand_practice::{LoginCarrier, LoginOutcome};
use formhand_testkit::{Customer, World, WorldOptions};
use jiff::SignedDuration;

use crate::support::{BROKER, assert_filed_at_once, logins, now, plenty_of_logins, remember_lives};

fn beating() -> WorldOptions {
    plenty_of_logins(WorldOptions::default())
        .adapt(|portal| portal.session.heartbeat = Some(Duration::from_millis(200)))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expiry_is_seen_and_healed_without_any_job() {
    let world = World::with(beating()).await;
    assert_filed_at_once(&world, &[world.file(Customer::number(1).record()).await]).await;
    world.practice.expire_sessions();
    world
        .when_session_event(BROKER, "an expiry that the heartbeat saw", |what| {
            matches!(
                what,
                SessionHappening::Expired {
                    seen_by: Validation::Heartbeat,
                    ..
                }
            )
        })
        .await;
    world
        .when_session(BROKER, "to be of the next generation", |saved| {
            matches!(
                saved.state,
                SessionState::Active {
                    generation: Generation(2),
                    ..
                }
            )
        })
        .await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted; 2]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_would_end_for_being_idle_is_kept_alive() {
    let mut options = beating();
    options.practice.session_idle_ms = 6000;
    let world = World::with(options).await;
    assert_filed_at_once(&world, &[world.file(Customer::number(1).record()).await]).await;
    let idle_since = now();
    // A heartbeat after more than the idle life shows that those before it have kept the session alive.
    let late = idle_since + SignedDuration::from_secs(7);
    world
        .when_session_history(BROKER, "a late heartbeat", |history| {
            history.iter().any(|event| {
                event.at > late
                    && matches!(
                        event.what,
                        SessionHappening::Validated {
                            by: Validation::Heartbeat,
                            ..
                        }
                    )
            })
        })
        .await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_a_page_keeps_to_itself_is_seen_by_the_heartbeat() {
    let mut options = beating();
    options.practice.login_carried_by = LoginCarrier::SessionStorage;
    let world = World::with(options).await;
    assert_filed_at_once(&world, &[world.file(Customer::number(1).record()).await]).await;
    let beats = |history: &[SessionEvent]| {
        let beat = |event: &&SessionEvent| {
            matches!(
                event.what,
                SessionHappening::Validated {
                    by: Validation::Heartbeat,
                    ..
                }
            )
        };
        history.iter().filter(beat).count() > 2
    };
    world
        .when_session_history(BROKER, "some heartbeats", beats)
        .await;
    assert_eq!(logins(&world.practice), [LoginOutcome::Accepted]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_whose_end_is_known_is_replaced_ahead_of_it_and_no_job_notices() {
    let world = World::with(beating()).await;
    remember_lives(&world, SignedDuration::from_secs(8), 8).await;
    // The portal itself ends no session here: what is shown is that nobody waits for it.
    let job = world.file(Customer::number(1).record()).await;
    world
        .when_session_event(BROKER, "a renewal", |what| {
            matches!(what, SessionHappening::Renewed { .. })
        })
        .await;
    world
        .when_session(BROKER, "to be of the next generation", |saved| {
            matches!(saved.state, SessionState::Active { generation, .. } if generation.0 > 1)
        })
        .await;
    let next = world.file(Customer::number(2).record()).await;
    assert_filed_at_once(&world, &[job, next]).await;
    let history = world.session_history(BROKER).await;
    let expired = history.iter().filter(|event| {
        event.generation.0 < 1000 && matches!(event.what, SessionHappening::Expired { .. })
    });
    assert_eq!(expired.count(), 0, "{history:?}");
    world.end().await;
}
