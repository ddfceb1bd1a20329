//! Expiries under load: three jobs at a time, whose session ends in the middle of their work.

use formhand_domain::{JobId, Outcome, Status, account::SessionHappening};
use formhand_practice::{Event, Fault, FaultName, Step};
use formhand_testkit::{Customer, World};
use jiff::Timestamp;
use serde::Serialize;

use super::scene::{ACCOUNT, first_after, ms_between, options, refused_after};
use crate::{
    error::Error,
    measure::{Spread, spread},
};

const AT_ONCE: u32 = 3;

/// What so many expiries cost.
#[derive(Debug, Serialize)]
pub(crate) struct Expiries {
    /// Factor on the portal's own delays.
    pub(crate) delays: f64,
    pub(crate) count: u32,
    pub(crate) logins: usize,
    pub(crate) jobs: usize,
    /// Jobs that were not filed by their first attempt.
    pub(crate) burnt: usize,
    /// From the portal's answer that shows it to the moment it is known.
    pub(crate) known_ms: Spread,
    /// The login that follows.
    pub(crate) login_ms: Spread,
    /// From the expiry being known to all jobs working again.
    pub(crate) healed_ms: Spread,
    /// What that takes beyond the login, as a share of the login.
    pub(crate) beside_login: f64,
}

/// Lets sessions end, so many times.
pub(super) async fn measure(count: u32, delays: f64) -> Result<Expiries, Error> {
    let world = World::with(options(delays)).await;
    let (mut known, mut login, mut healed) = (Vec::new(), Vec::new(), Vec::new());
    let (mut jobs, mut burnt) = (0, 0);
    world.file(Customer::number(1).record()).await;
    for round in 0..count {
        let ids = at_work(&world, 2 + round * AT_ONCE).await?;
        let (mark, expired_at) = (world.practice.mark(), jiff_now());
        world.practice.expire_sessions();
        world.practice.release();
        for id in &ids {
            let job = world.end_of(*id).await;
            jobs += 1;
            let filed = (job.status(), job.outcome()) == (Status::Completed, Outcome::Submitted);
            burnt += usize::from(!filed || job.attempts != 1);
        }
        let history = world.session_history(ACCOUNT).await;
        let seen = first_after(&history, expired_at, |what| {
            matches!(what, SessionHappening::Expired { .. })
        });
        let logged_in = first_after(&history, expired_at, |what| {
            matches!(what, SessionHappening::LoggedIn { .. })
        });
        let (Some(seen), Some(refused)) = (seen, refused_after(&world, mark)) else {
            continue;
        };
        known.push(ms_between(refused, seen.at));
        if let Some(SessionHappening::LoggedIn { duration_ms, .. }) =
            logged_in.map(|event| &event.what)
        {
            #[expect(clippy::cast_precision_loss, reason = "a login takes seconds")]
            login.push(*duration_ms as f64);
        }
        let mut last = seen.at;
        for id in &ids {
            last = last.max(working_again(&world, *id).await.unwrap_or(last));
        }
        healed.push(ms_between(seen.at, last));
    }
    let logins = world.practice.logins();
    let (login_ms, healed_ms) = (spread(&login), spread(&healed));
    world.end().await;
    Ok(Expiries {
        delays,
        count,
        logins,
        jobs,
        burnt,
        known_ms: spread(&known),
        login_ms,
        healed_ms,
        beside_login: (healed_ms.median - login_ms.median) / login_ms.median.max(1.0),
    })
}

/// Three jobs that the portal holds at the same step.
async fn at_work(world: &World, first: u32) -> Result<Vec<JobId>, Error> {
    let hold = Fault::new(FaultName::Hold)
        .step(Step::Customer)
        .times(AT_ONCE);
    let added = world.practice.add_fault(hold);
    added.map_err(|error| Error::Portal(error.to_string()))?;
    let mut mark = world.practice.mark();
    let mut ids = Vec::new();
    for number in first..first + AT_ONCE {
        ids.push(world.submit(Customer::number(number).record()).await.job.id);
    }
    for _ in 0..AT_ONCE {
        let waiting = world
            .practice
            .when_after(mark, |entry| matches!(entry.event, Event::Held { .. }))
            .await;
        mark = waiting.seq;
    }
    Ok(ids)
}

/// When a job entered the form for the last time.
async fn working_again(world: &World, id: JobId) -> Option<Timestamp> {
    let history = world.history(id).await;
    let entered = history.iter().rfind(|entry| entry.event == "enter_form");
    entered.map(|entry| entry.at)
}

fn jiff_now() -> Timestamp {
    formhand_domain::Clock::now(&formhand_domain::SystemClock)
}
