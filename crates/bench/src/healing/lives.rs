//! Sessions whose life is drawn at random, with prediction on: how many ends were pre-empted, and what that cost.

use std::time::Duration;

use formhand_domain::account::SessionHappening;
use formhand_practice::SessionLife;
use formhand_testkit::{Customer, World};
use serde::Serialize;

use super::scene::{ACCOUNT, options};

/// The mean life, in milliseconds. As short as a login and its checks allow.
const MEAN_MS: u64 = 5_000;

/// What prediction did for one shape of lives.
#[derive(Debug, Serialize)]
pub(crate) struct Lives {
    pub(crate) shape: &'static str,
    pub(crate) sessions: usize,
    pub(crate) expired: usize,
    pub(crate) renewed: usize,
    /// The same time without prediction would have seen so many logins: its length over the mean life.
    pub(crate) logins_without: f64,
}

/// Lives of three shapes, so many of each.
pub(super) async fn measure(count: u32) -> Vec<Lives> {
    let mut all = Vec::new();
    if count == 0 {
        return all;
    }
    // The scale that gives a Weibull of power 3 this mean: mean / Γ(4/3).
    let scale_ms = MEAN_MS * 1000 / 893;
    let shapes = [
        ("fixed", SessionLife::Fixed { ms: MEAN_MS }),
        (
            "Weibull, power 3",
            SessionLife::Weibull {
                scale_ms,
                power: 3.0,
            },
        ),
        ("exponential", SessionLife::Exponential { mean_ms: MEAN_MS }),
    ];
    for (name, life) in shapes {
        all.push(one(name, life, count as usize).await);
    }
    all
}

async fn one(shape: &'static str, life: SessionLife, count: usize) -> Lives {
    let mut options = options(0.0).adapt(|portal| {
        portal.session.heartbeat = Some(Duration::from_millis(250));
    });
    options.practice.session_life = Some(life);
    options.practice.seed = Some(7);
    let world = World::with(options).await;
    let began = tokio::time::Instant::now();
    world.submit(Customer::number(1).record()).await;
    let logged_in = |what: &SessionHappening| matches!(what, SessionHappening::LoggedIn { .. });
    let mut sessions = 0;
    // The history that is read at once is bounded, so what happened is counted as it comes.
    let mut after = 0;
    let (mut expired, mut renewed) = (0, 0);
    while sessions < count {
        let history = world.session_entries(ACCOUNT, after).await;
        for entry in &history {
            after = after.max(entry.seq);
            match entry.event.what {
                SessionHappening::Expired { .. } => expired += 1,
                SessionHappening::Renewed { .. } => renewed += 1,
                ref what if logged_in(what) => sessions += 1,
                _ => {}
            }
        }
        if history.is_empty() {
            world.session_change().await;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of minutes")]
    let logins_without = began.elapsed().as_millis() as f64 / MEAN_MS as f64;
    world.end().await;
    Lives {
        shape,
        sessions,
        expired,
        renewed,
        logins_without,
    }
}
