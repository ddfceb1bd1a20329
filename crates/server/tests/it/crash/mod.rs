//! The promises about crashes, shown with the real binary.
//!
//! `formhand serve` runs as a child process and is killed, stopped and drained. The practice portal lives in the
//! test's own process: its ledger outlives every server and says what was really filed.

mod browsers;
mod drain;
mod pauses;
mod settled;
mod several;
mod stages;
mod storm;
pub(crate) mod support;
