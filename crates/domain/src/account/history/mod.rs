//! What happened to the session of an account.

mod event;
mod severity;

pub use event::{LoggedOutBy, SessionEvent, SessionEventKind, SessionHappening, Validation};
pub use severity::Severity;
