//! The search for what was filed, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Condition, Duration, Readback, ReceiptField, Step};
use crate::parse::{Many, Spanned, Table};

/// Searches the portal for what a record filed, when the answer to its filing was not seen. It changes nothing there.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verify {
    /// How long it may take at most until the search shows what was filed, counted from when nothing can file it any
    /// more.
    pub(crate) settle: Duration,
    /// What becomes of a record that is not found after that time. `review` if not said.
    pub(crate) when_not_found: Option<Spanned<WhenNotFound>>,
    /// The steps up to the click that sends the search.
    pub(crate) steps: Many<Spanned<Step>>,
    /// What shows that something was found.
    pub(crate) found: Spanned<Condition>,
    /// What shows that nothing was.
    pub(crate) not_found: Spanned<Condition>,
    /// How long the answer to the search may take. 30s if not said.
    pub(crate) timeout: Option<Duration>,
    /// What shows that it is this record that was found: at least one place and what it holds.
    pub(crate) readback: Spanned<Many<Spanned<Readback>>>,
    /// What is kept of it, by the names of the receipt.
    pub(crate) receipt: Spanned<Table<Spanned<ReceiptField>>>,
}

/// What becomes of a record that is not found.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WhenNotFound {
    /// A person decides.
    Review,
    /// It is filed anew, after a new login has ended the session that the old attempt could act with.
    Retry,
}
