//! How long people may have pages.

use std::time::Duration;

/// How long people may have pages. The attempt's own time limit does not run meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeOverTiming {
    /// A take-over in which nothing is done for so long ends.
    pub idle: Duration,
    /// One that lasts so long ends, whatever is done.
    pub whole: Duration,
    /// How long a step that failed waits for a person, if nobody has asked before; nothing if it does not.
    pub wait_on_failure: Option<Duration>,
}

impl Default for TakeOverTiming {
    fn default() -> Self {
        Self {
            idle: Duration::from_mins(5),
            whole: Duration::from_mins(30),
            wait_on_failure: None,
        }
    }
}
