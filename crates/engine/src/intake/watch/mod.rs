//! Records from collections of the business, as they come.
//!
//! One server at a time watches a source. It follows the collection's changes, looks at each document that may be ready
//! as it is then, and hands what it has become to the store, together with how far the source was read by that. What is
//! decided is apart from what asks and writes: [`judge`], [`envelope`] and [`plan`] are pure.

mod course;
mod desk;
mod envelope;
mod follow;
mod judge;
mod key;
mod look;
mod plan;
mod retried;
mod right;
mod run;
mod scan;
mod source;
mod status;
mod tell;
mod trouble;
mod watcher;

pub use desk::{SourceDesk, SourceDeskError};
pub use envelope::FIELDS as QUEUE_FIELDS;
pub use retried::Retried;
pub use run::{IntakeWatch, NoSources, WatchSetup};
pub use status::{SourceHere, SourceState, SourceStatus};
