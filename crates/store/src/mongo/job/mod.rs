//! Jobs, and the queue that they wait in.

mod apply;
mod claim;
mod due;
mod ended;
mod find;
mod keys;
mod list;
mod noted;
mod pace;
mod remove;
mod room;
mod row;
mod search;
mod stats;
mod submit;

pub(super) use apply::apply;
pub(super) use claim::claim;
pub(super) use due::{at_work, expired, next_due_at};
pub(super) use ended::ended;
pub(super) use find::{find, of_caller};
pub(super) use keys::holds;
pub(super) use list::list;
pub(super) use pace::next_start_at;
pub(super) use remove::remove;
pub(super) use row::{copied_document, first_entry, id, job as read, new_document};
pub(super) use search::to_search;
pub(super) use stats::stats;
pub(super) use submit::submit;
