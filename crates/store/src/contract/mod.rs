//! What a store promises, whatever database it runs on.

mod account;
mod audit;
mod claim;
mod ended;
mod error;
mod history;
mod intake;
mod query;
mod question;
mod store;

pub use account::{LoginTicket, SavedSession, SessionWish};
pub use audit::{AuditEntry, Change};
pub use claim::{Capacity, ClaimRequest};
pub use ended::{EndedJob, EndedJobs};
pub use error::{ApplyError, StoreError};
pub use history::{SessionEntry, SessionHistoryFilter};
pub use intake::Submitted;
pub use query::{Cursor, JobFilter, JobPage, Stats};
pub use question::{Question, QuestionKind};
pub use store::Store;
