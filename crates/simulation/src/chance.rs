//! The one source of randomness of a history.

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

/// Draws what happens.
pub(crate) struct Chance(StdRng);

impl Chance {
    pub(crate) fn of(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, cases: u32) -> bool {
        self.0.random_range(0..100) < cases
    }

    /// A number below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end)
    }

    /// One of these, if there is one.
    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (!all.is_empty()).then(|| all[self.below(all.len())])
    }

    /// From 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        self.0.random_range(0.0..1.0)
    }

    pub(crate) fn bits(&mut self) -> u128 {
        u128::from(self.0.random_range(0..u64::MAX))
    }
}
