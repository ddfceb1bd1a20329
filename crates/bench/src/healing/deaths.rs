//! The master's browser is killed.

use formhand_domain::{
    Clock as _, SystemClock,
    account::{RecoveryCause, SessionHappening},
};
use formhand_testkit::{Customer, World};
use serde::Serialize;

use super::scene::{ACCOUNT, first_after, ms_between, options};
use crate::{
    error::Error,
    measure::{Spread, spread},
};

/// What so many deaths cost.
#[derive(Debug, Serialize)]
pub(crate) struct Deaths {
    pub(crate) count: u32,
    pub(crate) logins: usize,
    /// From the kill to the moment it is known.
    pub(crate) known_ms: Spread,
    /// From then to a session in a new browser.
    pub(crate) recovered_ms: Spread,
}

/// Kills it, so many times.
pub(super) async fn measure(count: u32) -> Result<Deaths, Error> {
    let world = World::with(options(0.0)).await;
    world.file(Customer::number(1).record()).await;
    let (mut known, mut recovered) = (Vec::new(), Vec::new());
    for round in 0..count as usize {
        let killed_at = SystemClock.now();
        world.kill_master();
        let is_over = |what: &SessionHappening| {
            matches!(
                what,
                SessionHappening::RecoveryEnded {
                    cause: RecoveryCause::BrowserGone,
                    ..
                }
            )
        };
        let history = world
            .when_session_history(ACCOUNT, "a recovery", |history| {
                history.iter().filter(|event| is_over(&event.what)).count() > round
            })
            .await;
        let lost = first_after(&history, killed_at, |what| {
            matches!(what, SessionHappening::BrowserLost { .. })
        });
        let over = first_after(&history, killed_at, is_over);
        if let (Some(lost), Some(over)) = (lost, over) {
            known.push(ms_between(killed_at, lost.at));
            recovered.push(ms_between(lost.at, over.at));
        }
    }
    let logins = world.practice.logins();
    world.end().await;
    Ok(Deaths {
        count,
        logins,
        known_ms: spread(&known),
        recovered_ms: spread(&recovered),
    })
}
