//! What a rule has found.

use super::{RuleName, Subject};

/// Something that somebody should know. Rule and subject make it the same one as before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub rule: RuleName,
    /// About what.
    pub subject: Subject,
    /// What is the matter and what can be done, for a person. It tells times and not ages, so that it stays the same as
    /// long as nothing happens, and nothing of records, labels or a portal's words.
    pub text: String,
}
