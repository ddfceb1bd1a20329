//! The search for what was filed.

use std::time::Duration;

use formhand_domain::{SearchRules, WhenNotFound};
use jiff::SignedDuration;

use super::{Condition, Readback, ReceiptField, Step};

/// Searches the portal for what a record filed, when the answer to its filing was not seen. It changes nothing there.
#[derive(Debug, Clone)]
pub struct Verify {
    /// How long it may take at most until the search shows what was filed, counted from when nothing can file it any
    /// more.
    pub settle: Duration,
    /// What becomes of a record that is not found after that time.
    pub when_not_found: WhenNotFound,
    /// The steps up to the click that sends the search.
    pub steps: Vec<Step>,
    /// What shows that something was found.
    pub found: Condition,
    /// What shows that nothing was.
    pub not_found: Condition,
    /// How long the answer to the search may take.
    pub timeout: Duration,
    /// What shows that it is this record that was found. Never empty.
    pub readback: Vec<Readback>,
    /// What is kept of it. Never empty, and read from the page.
    pub receipt: Vec<ReceiptField>,
}

impl Verify {
    /// What a search means by it.
    pub fn rules(&self) -> SearchRules {
        SearchRules {
            settle: SignedDuration::try_from(self.settle).unwrap_or(SignedDuration::MAX),
            when_not_found: self.when_not_found,
        }
    }
}
