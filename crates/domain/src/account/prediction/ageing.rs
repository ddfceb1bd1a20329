//! Whether sessions age: whether an old one is nearer to its end than a new one.
//!
//! Of sessions that do not, such as those that a portal drops at random, an old one is as good as a new one, and a
//! login to renew it is wasted. In a few lives chance makes nearly every curve look as if they aged: the best age to
//! renew at, by the curve alone, is never worse than waiting for the longest of them. So it is tested first.

use jiff::SignedDuration;

use super::Life;

/// How far from chance the lives must be, in standard deviations: lives without ageing get so far once in a hundred.
const SURE: f64 = 2.33;

/// Whether these lives show that sessions age.
///
/// The test of total time on test: B. Epstein, "Tests for the Validity of the Assumption that the Underlying
/// Distribution of Life Is Exponential", Technometrics 2 (1960), 83–101. Count the time that all sessions lived, up
/// to the age at which each expiry came. Without ageing the expiries lie anywhere in it alike; with ageing they lie
/// late, and their mean is above one half by more than chance does. Lives that were cut short add their time.
pub(super) fn age(lives: &[Life]) -> bool {
    let mut ends: Vec<SignedDuration> = lives
        .iter()
        .filter(|life| life.expired())
        .map(Life::age)
        .collect();
    ends.sort_unstable();
    let Some(longest) = lives.iter().map(Life::age).max() else {
        return false;
    };
    let whole = lived_until(lives, longest);
    // The last expiry ends the observation if nothing was observed for longer; where it lies says nothing then.
    if ends.last() == Some(&longest) {
        ends.pop();
    }
    if ends.is_empty() || whole <= 0.0 {
        return false;
    }
    let late: f64 = ends
        .iter()
        .map(|age| lived_until(lives, *age) / whole - 0.5)
        .sum();
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of lives stay far below 2^52"
    )]
    let deviation = (ends.len() as f64 / 12.0).sqrt();
    late > SURE * deviation
}

/// The seconds that all of them lived, none counted beyond this age.
fn lived_until(lives: &[Life], age: SignedDuration) -> f64 {
    lives
        .iter()
        .map(|life| life.age().min(age).as_secs_f64())
        .sum()
}
