//! What the words of a failure may hold.

use formhand_browser::Sensitive;

use crate::takeover::Typed;

/// Portals call people by their names, and what a failure says is seen in histories, events and alerts.
#[derive(Debug, Default)]
pub(crate) struct FailureWords {
    /// What they must not hold.
    pub(crate) sensitive: Sensitive,
    /// What the portal says to everybody, by its definition.
    pub(crate) phrases: Vec<String>,
}

impl FailureWords {
    /// The same words without anybody's own, nor what people typed.
    pub(crate) fn redacted(&self, words: &str, typed: &Typed) -> String {
        let sensitive = typed.beside(&self.sensitive);
        sensitive.redact_but(words, &self.phrases)
    }
}
