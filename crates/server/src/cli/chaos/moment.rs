//! Moments to strike at, counted in what the portal sees.

use std::time::Duration;

use formhand_practice::{Event, Practice, Step};
use rand::{RngExt as _, rngs::StdRng};

/// A portal that sees nothing for so long has nothing to do.
const QUIET: Duration = Duration::from_secs(20);

/// What a blow is aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// Nothing: so many requests from now.
    Anywhere(usize),
    /// The last check before the form is filed: armed, clicked, or not yet.
    Arming,
    /// The form on its way, at the portal, or its answer on its way back.
    Filing,
}

impl Aim {
    /// Half of all blows are aimed at the submit, or all of them.
    pub(super) fn draw(at_the_submit: bool, random: &mut StdRng) -> Self {
        let aimed = random.random_bool(0.5);
        let arming = random.random_bool(0.3);
        let requests = random.random_range(2..30);
        match (at_the_submit || aimed, arming && !at_the_submit) {
            (false, _) => Self::Anywhere(requests),
            (true, true) => Self::Arming,
            (true, false) => Self::Filing,
        }
    }

    /// How long after what it is aimed at the blow may come. Between the portal's requests lies what only the browser
    /// and the server see.
    fn spread(self) -> Duration {
        match self {
            Self::Anywhere(_) | Self::Arming => Duration::from_millis(120),
            // The answer is on its way by then, or its receipt is written.
            Self::Filing => super::stage::ANSWERED_AFTER + Duration::from_millis(100),
        }
    }
}

/// Waits for a moment. False if nothing has moved.
pub(super) async fn moment(practice: &Practice, aim: Aim, random: &mut StdRng) -> bool {
    let mut left = match aim {
        Aim::Anywhere(requests) => requests,
        Aim::Arming | Aim::Filing => 1,
    };
    let seen = practice.when_after(practice.mark(), |entry| {
        let Event::Request { path, .. } = &entry.event else {
            return false;
        };
        left -= usize::from(match aim {
            Aim::Anywhere(_) => true,
            Aim::Arming => path == Step::Calculate.path(),
            Aim::Filing => path == Step::Save.path(),
        });
        left == 0
    });
    let came = tokio::time::timeout(QUIET, seen).await.is_ok();
    tokio::time::sleep(aim.spread().mul_f64(random.random())).await;
    came
}

/// Waits until the portal has seen so much more, or sees nothing.
pub(super) async fn entries(practice: &Practice, mut count: usize) {
    let seen = practice.when_after(practice.mark(), |_| {
        count -= 1;
        count == 0
    });
    // Whoever waits for work to be done must not wait for ever where there is none.
    let _ = tokio::time::timeout(Duration::from_secs(1), seen).await;
}
