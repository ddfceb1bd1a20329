//! Why a document became no record. Never repeats what the document holds: it is personal data.

use std::fmt;

use thiserror::Error;

/// A document became no record.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unmapped {
    /// It is not ready, or none of ours: not an error.
    #[error("not ready: {}", lines(.0, "; "))]
    NotYet(Vec<Unmet>),
    /// It is ready and cannot be taken as it is. All that is wrong with it, in the order of the mapping.
    #[error("{}", lines(.0, "\n"))]
    Broken(Vec<Problem>),
}

/// A condition of `when` that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// The place in the document.
    pub path: String,
    /// What must hold there.
    pub message: String,
}

/// One thing that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The place in the document: `nominees.1.birth_date`.
    pub path: String,
    /// What would have come of it: a field of the record as a JSON pointer such as `/nominees/1/birthDate`, or
    /// `caller_id` or `account`.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.message)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (for {}): {}", self.path, self.field, self.message)
    }
}

fn lines(parts: &[impl fmt::Display], between: &str) -> String {
    let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
    parts.join(between)
}
