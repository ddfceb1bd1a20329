//! Why an act did not succeed.

use std::fmt;

use super::call_log::CallLog;
use crate::page::PageError;

/// Why an act did not succeed, at which action, and what was tried.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{label}: {kind}")]
pub struct ActError {
    /// Why.
    pub kind: ActErrorKind,
    /// The place of the action in the list.
    pub at: usize,
    /// The label of the action.
    pub label: String,
    /// What was tried.
    pub call_log: CallLog,
}

/// Why an act did not succeed.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ActErrorKind {
    /// The deadline passed.
    TimedOut {
        /// What was waited for, and what state was seen last.
        waiting_for: String,
    },
    /// Several visible elements match: the first is never taken.
    Ambiguous {
        /// How many.
        count: usize,
    },
    /// The locators of the target find different elements.
    Disagree,
    /// The wanted option is not in the list.
    NotOffered {
        /// What was wanted.
        wanted: String,
        /// What was in the list.
        offered: Vec<String>,
    },
    /// The page holds something else afterwards than what was set.
    NotTaken {
        /// What was set.
        expected: String,
        /// What the page holds.
        found: String,
    },
    /// The mouse was pressed and no click came of it. The page may have acted on the press, so it was not repeated.
    NotClicked {
        /// What happened.
        what: String,
    },
    /// The action makes no sense for this element, or cannot be read.
    Invalid {
        /// What is wrong.
        what: String,
    },
    /// The document went away while it was being changed.
    ContextLost,
    /// The page's renderer crashed.
    PageCrashed,
    /// The page or its context is closed.
    ContextClosed,
    /// The browser is gone.
    BrowserGone,
    /// Chromium refused a call.
    Protocol {
        /// Its words.
        detail: String,
    },
}

impl fmt::Display for ActErrorKind {
    /// Without what was set and what was found: that is a customer's data.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TimedOut { waiting_for } => {
                write!(formatter, "time out waiting for {waiting_for}")
            }
            Self::Ambiguous { count } => write!(formatter, "{count} elements match, not one"),
            Self::Disagree => formatter.write_str("its locators find different elements"),
            Self::NotOffered { offered, .. } => {
                write!(
                    formatter,
                    "the wanted option is not among the {} offered",
                    offered.len()
                )
            }
            Self::NotTaken { .. } => {
                formatter.write_str("the page holds something else than what was set")
            }
            Self::NotClicked { what } => write!(formatter, "no click came of it: {what}"),
            Self::Invalid { what } => formatter.write_str(what),
            Self::ContextLost => {
                formatter.write_str("the document went away while it was being changed")
            }
            Self::PageCrashed => formatter.write_str("the page crashed"),
            Self::ContextClosed => formatter.write_str("the page is closed"),
            Self::BrowserGone => formatter.write_str("the browser is gone"),
            Self::Protocol { detail } => write!(formatter, "Chromium refused: {detail}"),
        }
    }
}

impl fmt::Debug for ActErrorKind {
    /// As `Display`: errors end in logs.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl From<PageError> for ActErrorKind {
    fn from(error: PageError) -> Self {
        match error {
            PageError::TimedOut { waiting_for } => Self::TimedOut { waiting_for },
            PageError::Crashed { .. } => Self::PageCrashed,
            PageError::Closed => Self::ContextClosed,
            PageError::BrowserGone => Self::BrowserGone,
            PageError::Call(error) if error.is_context_lost() => Self::ContextLost,
            error => Self::Protocol {
                detail: error.to_string(),
            },
        }
    }
}
