//! What a command's exit code says.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// It did what was asked.
    Done = 0,
    /// It worked, and the answer is no: a job failed, a check failed.
    Negative = 1,
    /// The command line is wrong.
    Usage = 2,
    /// An input is wrong: configuration, definition, record.
    BadInput = 3,
    /// The server cannot be reached.
    Unreachable = 4,
    /// There is no such thing, or it does not allow it.
    Refused = 5,
    /// The audit is broken: something of it was changed, taken out or put in.
    Broken = 6,
    /// Something inside failed.
    Internal = 10,
}

/// The table for the help.
pub(super) const TABLE: &str = "\
Exit codes:
   0  done
   1  the answer is no: a job failed, a record is a duplicate, a check of doctor failed
   2  the command line is wrong
   3  an input is wrong: the configuration, a portal definition, a record
   4  the server cannot be reached
   5  not found, not allowed, or refused by the job as it is now
   6  the audit is broken: something of it was changed, taken out or put in
  10  something inside failed";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
