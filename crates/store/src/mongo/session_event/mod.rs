//! What happened to sessions, in order. As the numbers of the audit, those of events are given one after the other.

mod append;
mod event;
mod read;
mod record;

pub(super) use event::{document, entry};
pub(super) use read::history;
pub(super) use record::{Recording, record, start as start_recording};
