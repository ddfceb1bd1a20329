//! Records as they come in: JSON, JSON Lines and CSV become envelopes, or errors that say where.
//!
//! Nothing is checked here against a flow; that is the intake's.

mod envelope;
mod error;
mod format;
mod json;
mod lines;
mod strict;
mod table;

pub use envelope::Envelope;
pub use error::{RecordError, RecordErrors};
pub use format::Format;
pub use json::read_json;
pub use lines::read_lines;
pub use table::{Table, TableRow, read_table};

/// Records that one call may carry: more than anybody's day, few enough to be answered in minutes.
pub const MAX_RECORDS: usize = 10_000;
