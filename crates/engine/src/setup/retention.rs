//! How long things are kept.

use jiff::SignedDuration;

/// How long what belongs to an ended job is kept, counted from its end. Nothing means for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Pictures and texts of attempts.
    pub evidence: Option<SignedDuration>,
    /// What a filed job was made of: its record, its label, and the documents that the portal made. Keys, receipt and
    /// history stay for ever, so that it is never filed again.
    pub records: Option<SignedDuration>,
    /// A job that was not filed, as a whole.
    pub unfiled: Option<SignedDuration>,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            evidence: Some(SignedDuration::from_hours(90 * 24)),
            records: None,
            unfiled: None,
        }
    }
}
