//! Acting on elements, the way a person would: each act waits until its element can be acted on.

mod act;
mod by_hand;
mod call_log;
mod error;
mod hands;
mod keys;
mod kind;
mod outcome;
mod perform;
mod press;
mod target;
mod upload;

pub use by_hand::Point;
pub use call_log::CallLog;
pub use error::{ActError, ActErrorKind};
pub(crate) use hands::{Ask, Asked};
pub use kind::{Action, ActionKind, Done, OptionBy, Typing};
pub(crate) use outcome::Outcome;
pub use target::{Locator, Target, TextMatch};
