//! What a caller may do, in three steps.

use std::fmt;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// What a caller may do. Each one may do what those before it may.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Sees everything that is shown, personal data of records among it, and changes nothing.
    Viewer,
    /// The daily work: hands in, acts on jobs and sessions, answers questions, settles unknown outcomes.
    Operator,
    /// What can lock an account at its portal, take a server out of the work, or forget records for good.
    Admin,
}

impl Role {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Operator, Self::Admin];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_what_those_before_it_may() {
        assert!(
            Role::ALL.is_sorted() && Role::Viewer < Role::Operator && Role::Operator < Role::Admin
        );
    }
}
