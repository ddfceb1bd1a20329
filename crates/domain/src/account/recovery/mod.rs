//! How a session is brought back: level after level, each with limits of its own.

mod cause;
mod end;
mod ladder;
mod level;
mod rules;

pub use cause::RecoveryCause;
pub use end::{AttemptResult, RecoveryEnd};
pub use ladder::{Ladder, Verdict};
pub use level::RecoveryLevel;
pub use rules::{LevelRules, RecoveryRules};
