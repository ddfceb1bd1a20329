//! An account of a portal: its session, its logins and their budget, and how the session is kept alive.

mod budget;
mod history;
mod pace;
mod prediction;
mod recovery;
mod session;

pub use budget::{BudgetRefusal, LoginBudget, LoginRecord, LoginResult};
pub use history::{
    LoggedOutBy, SessionEvent, SessionEventKind, SessionHappening, Severity, Validation,
};
pub use pace::Pace;
pub use prediction::{Life, LifeEnd, RenewalPolicy, Survival, lives_of};
pub use recovery::{
    AttemptResult, Ladder, LevelRules, RecoveryCause, RecoveryEnd, RecoveryLevel, RecoveryRules,
    Verdict,
};
pub use session::{NeedsHuman, SessionState};
