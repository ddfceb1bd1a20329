//! How a browser ended.

use std::fmt;

use crate::launch::Ended;

/// How a browser ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// Its process ended by itself.
    Exited {
        /// The exit code.
        code: i32,
    },
    /// Its process was killed.
    Killed {
        /// The signal.
        signal: i32,
    },
    /// It no longer speaks to us, though its process has not ended yet.
    PipeClosed,
    /// We closed it.
    Closed,
}

impl From<Ended> for Gone {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Exited(code) => Self::Exited { code },
            Ended::Signal(signal) => Self::Killed { signal },
        }
    }
}

impl fmt::Display for Gone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited { code } => write!(formatter, "the browser exited with code {code}"),
            Self::Killed { signal } => {
                write!(formatter, "the browser was killed by signal {signal}")
            }
            Self::PipeClosed => formatter.write_str("the browser closed its pipe"),
            Self::Closed => formatter.write_str("the browser was closed"),
        }
    }
}
