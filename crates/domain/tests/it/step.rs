//! Random things that somebody says of a job.

use formhand_domain::{Failure, FailureCode};
use proptest::prelude::*;

/// One random thing that somebody says.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// Seconds that pass before it.
    pub(crate) wait: i64,
    /// Which event, of all.
    pub(crate) event: usize,
    /// Whether it is the event that would come next if all went well, instead.
    pub(crate) well: bool,
    /// Who says it: the right one, mostly.
    pub(crate) writer: usize,
    /// How far a worker's token is off.
    pub(crate) token_off: u64,
    /// Any random number of the event.
    pub(crate) random: f64,
}

/// Any step. Most are sensible, so that lives become long.
pub(crate) fn step() -> impl Strategy<Value = Step> {
    let wait = prop_oneof![6 => 0..5_i64, 2 => 5..50_i64, 1 => 50..8000_i64];
    let writer = prop_oneof![8 => Just(0_usize), 2 => 1..4_usize];
    let token_off = prop_oneof![8 => Just(0_u64), 1 => 1..3_u64, 1 => any::<u64>()];
    let numbers = (0..EVENTS, prop::bool::weighted(0.7));
    (wait, numbers, writer, token_off, 0.0..1.0).prop_map(
        |(wait, (event, well), writer, token_off, random)| Step {
            wait,
            event,
            well,
            writer,
            token_off,
            random,
        },
    )
}

/// How many events there are.
const EVENTS: usize = 26;

/// One of all failures.
pub(crate) fn failure(random: f64) -> Failure {
    let count = FailureCode::ALL.len();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a small number from 0 to 1 times a small count"
    )]
    let index = (random * count as f64) as usize;
    Failure::new(FailureCode::ALL[index.min(count - 1)], "it failed")
}
