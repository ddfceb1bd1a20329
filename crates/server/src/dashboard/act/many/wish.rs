//! What can be wished of many jobs.

use super::super::no_such_wish;
use crate::http::Problem;

/// A wish by its name in forms and addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Hold,
    Release,
    Retry,
    Cancel,
}

impl Wish {
    pub(super) fn named(name: &str) -> Result<Self, Problem> {
        Ok(match name {
            "hold" => Self::Hold,
            "release" => Self::Release,
            "retry" => Self::Retry,
            "cancel" => Self::Cancel,
            _ => return Err(no_such_wish()),
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Release => "release",
            Self::Retry => "retry",
            Self::Cancel => "cancel",
        }
    }

    /// What a button says of so many jobs.
    pub(super) fn asked(self, jobs: &str) -> String {
        match self {
            Self::Hold => format!("Hold {jobs}"),
            Self::Release => format!("Let {jobs} go on"),
            Self::Retry => format!("Try {jobs} again"),
            Self::Cancel => format!("Cancel {jobs}"),
        }
    }

    /// What was done with those that took it.
    pub(super) fn done(self) -> &'static str {
        match self {
            Self::Hold => "held",
            Self::Release => "let go on",
            Self::Retry => "tried again",
            Self::Cancel => "cancelled",
        }
    }

    /// What follows from it.
    pub(super) fn means(self) -> &'static str {
        match self {
            Self::Hold => {
                "Jobs that wait are not worked on until they are let go on. All others stay as they are."
            }
            Self::Release => {
                "Jobs that are held wait for their turn again. All others stay as they are."
            }
            Self::Retry => {
                "Jobs that ended and provably were not filed get another attempt. All others stay as they are."
            }
            Self::Cancel => {
                "Jobs that wait or are held end without being filed. All others stay as they are."
            }
        }
    }
}

/// A number of jobs in words.
pub(super) fn jobs(count: u64) -> String {
    if count == 1 {
        "1 job".to_owned()
    } else {
        format!("{count} jobs")
    }
}
