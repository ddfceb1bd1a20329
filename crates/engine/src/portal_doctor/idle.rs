//! How long the session lives unused.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{IdleLife, PortalDoctorError, lab::Lab};

/// Each pause is twice the one before. A check uses the session, so every pause is measured from the check before it.
const PARTS: [u32; 3] = [1, 2, 4];

/// Leaves the session alone for longer and longer, as long as the pauses together last as long as the person gave.
pub(super) async fn measure(lab: &mut Lab, wait: Duration) -> Result<IdleLife, PortalDoctorError> {
    // The portal counts from some moment within a check: the upper bound takes the checks at both ends in.
    let mut used_at = Instant::now();
    let (_, page) = lab.live_master().await?;
    let whole: u32 = PARTS.iter().sum();
    let mut alive_after = Duration::ZERO;
    for part in PARTS {
        let began = Instant::now();
        sleep(wait * part / whole).await;
        let pause = began.elapsed();
        let asked_at = Instant::now();
        if !lab.knows(&page).await? {
            return Ok(IdleLife::Between {
                alive_after_ms: ms(alive_after),
                over_after_ms: ms(used_at.elapsed()),
                age_ms: ms(lab.since.elapsed()),
            });
        }
        (alive_after, used_at) = (pause, asked_at);
    }
    Ok(IdleLife::AtLeast {
        pause_ms: ms(alive_after),
    })
}

pub(super) fn ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
