//! The customers of a round. None is ever used twice, by whichever of the two.

use formhand_testkit::{Customer, chassis};
use serde_json::Value;

/// A customer to file.
#[derive(Clone)]
pub(crate) struct Filing {
    pub(crate) chassis: String,
    pub(crate) record: Value,
}

/// Hands out customers.
#[derive(Default)]
pub(crate) struct Customers {
    last: u32,
}

impl Customers {
    /// The next ones.
    pub(crate) fn next(&mut self, count: u32) -> Vec<Filing> {
        let first = self.last + 1;
        self.last += count;
        (first..=self.last)
            .map(|number| Filing {
                chassis: chassis(number),
                record: Customer::number(number).record(),
            })
            .collect()
    }
}
