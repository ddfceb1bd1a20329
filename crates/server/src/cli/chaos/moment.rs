//! Moments to strike at, counted in what the portal sees.

use std::time::Duration;

use formhand_practice::{Event, Practice, Step};
use rand::{RngExt as _, rngs::StdRng};

/// A portal that sees nothing for so long has no more work to come.
const QUIET: Duration = Duration::from_secs(20);

/// Waits for a moment. Half of them are aimed at the submit. False if nothing moves any more.
pub(super) async fn moment(practice: &Practice, random: &mut StdRng) -> bool {
    let mark = practice.mark();
    let aimed = random.random_bool(0.5);
    let step = if random.random_bool(0.5) {
        Step::Calculate
    } else {
        Step::Save
    };
    let mut count = random.random_range(5..60_usize);
    let seen = practice.when_after(mark, |entry| {
        if aimed {
            return matches!(&entry.event, Event::Request { path, .. } if path == step.path());
        }
        count -= 1;
        count == 0
    });
    let came = tokio::time::timeout(QUIET, seen).await.is_ok();
    // Between the portal's requests lies what only the browser and the server see.
    let after = Duration::from_millis(random.random_range(0..120));
    tokio::time::sleep(after).await;
    came
}

/// Waits until the portal has seen so much more, or sees nothing.
pub(super) async fn entries(practice: &Practice, mut count: usize) {
    let seen = practice.when_after(practice.mark(), |_| {
        count -= 1;
        count == 0
    });
    // Whoever waits for work to be done must not wait for ever where there is none.
    let _ = tokio::time::timeout(Duration::from_secs(3), seen).await;
}
