//! An account of a portal: its session, its logins and their budget.

mod budget;
mod session;

pub use budget::{BudgetRefusal, LoginBudget, LoginRecord, LoginResult};
pub use session::{NeedsHuman, SessionState};
