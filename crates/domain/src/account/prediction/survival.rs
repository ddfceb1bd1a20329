//! The share of sessions that reach an age.

use jiff::SignedDuration;

use super::Life;

/// The product-limit estimate of a survival curve: E. L. Kaplan and P. Meier, "Nonparametric Estimation from
/// Incomplete Observations", Journal of the American Statistical Association 53 (1958), 457–481.
///
/// Lives that were cut short count for as long as they lasted. Behind the longest life nothing is known, and the
/// curve stays where it is.
///
/// The estimate takes ages as exact. An expiry is seen at the next look at the session only, so its age is known to
/// an interval, and the middle of it is taken ([`Life::age`]). With intervals as long as the lives themselves the
/// curve means little; a heartbeat keeps them short.
#[derive(Debug, Clone, PartialEq)]
pub struct Survival {
    /// In order of age, each age once.
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    age: SignedDuration,
    /// The share that lives beyond that age.
    beyond: f64,
}

impl Survival {
    /// The curve of these lives, in any order.
    pub fn of(lives: &[Life]) -> Self {
        let mut ends: Vec<SignedDuration> = lives
            .iter()
            .filter(|life| life.expired())
            .map(Life::age)
            .collect();
        ends.sort_unstable();
        let mut steps = Vec::new();
        let mut beyond = 1.0;
        for same in ends.chunk_by(|a, b| a == b) {
            let age = same[0];
            let at_risk = lives.iter().filter(|life| life.age() >= age).count();
            beyond *= 1.0 - share(same.len(), at_risk);
            steps.push(Step { age, beyond });
        }
        Self { steps }
    }

    /// The share of sessions that live beyond an age, from 0 to 1.
    pub fn at(&self, age: SignedDuration) -> f64 {
        let passed = self.steps.partition_point(|step| step.age <= age);
        passed
            .checked_sub(1)
            .map_or(1.0, |last| self.steps[last].beyond)
    }

    /// How long sessions live on average if each is ended at `age` at the latest: the area under the curve.
    pub fn mean_up_to(&self, age: SignedDuration) -> SignedDuration {
        let mut mean = SignedDuration::ZERO;
        let mut from = SignedDuration::ZERO;
        let mut share = 1.0;
        for step in self.steps.iter().take_while(|step| step.age < age) {
            mean += (step.age - from).mul_f64(share);
            (from, share) = (step.age, step.beyond);
        }
        mean + (age - from).max(SignedDuration::ZERO).mul_f64(share)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of lives stay far below 2^52"
)]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
