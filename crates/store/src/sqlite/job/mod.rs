//! Jobs: taking in, claiming, changing and finding them.

mod apply;
mod claim;
mod due;
mod ended;
mod find;
mod list;
mod outcomes;
mod pace;
mod remove;
mod row;
mod search;
mod stats;
mod submit;
mod text;

pub(super) use apply::apply;
pub(super) use claim::{at_work, claim};
pub(super) use due::{expired, next_due_at};
pub(super) use ended::ended;
pub(super) use find::{find, of_caller};
pub(super) use list::list;
pub(super) use outcomes::{outcomes, read as read_outcome};
pub(super) use pace::next_start_at;
pub(super) use remove::remove;
pub(super) use row::Columns;
pub(super) use search::to_search;
pub(super) use stats::stats;
pub(super) use submit::submit;
pub(super) use text::{all as index_all_texts, index as index_texts, upgrade as upgrade_texts};
