//! How fast a session heals, and what predicting its end is worth.

mod baseline;
mod deaths;
mod expiries;
mod lives;
mod scene;

pub(crate) use deaths::Deaths;
pub(crate) use expiries::Expiries;
pub(crate) use lives::Lives;

use serde::Serialize;

use crate::{arguments::Arguments, error::Error};

/// All that was measured of sessions.
#[derive(Debug, Serialize)]
pub(crate) struct Healing {
    /// With the portal's own delays off, and with its real manner.
    pub(crate) expiries: Vec<Expiries>,
    pub(crate) deaths: Deaths,
    pub(crate) baseline_ms: f64,
    pub(crate) lives: Vec<Lives>,
}

/// Measures them.
pub(crate) async fn measure(arguments: &Arguments) -> Result<Healing, Error> {
    let mut expiries = Vec::new();
    // In its real manner a job takes half a minute, and a few tell what a login costs there.
    let in_real_manner = arguments.expiries.min(6);
    for (delays, count) in [(0.0, arguments.expiries), (1.0, in_real_manner)] {
        expiries.push(expiries::measure(count, delays).await?);
    }
    Ok(Healing {
        expiries,
        deaths: deaths::measure(arguments.deaths).await?,
        baseline_ms: baseline::measure(arguments.deaths).await?,
        lives: lives::measure(arguments.lives).await,
    })
}
