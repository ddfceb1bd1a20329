//! Collections of the business that records are taken from, and what the store keeps of them.

mod error;
mod note;
mod opaque;
mod origin;
mod quarantine;
mod reached;
mod saved;
mod sources;
mod taking;

pub use error::{OriginError, SourceError};
pub use note::{Note, NoteValue, Told};
pub use opaque::{DocumentId, Position};
pub use origin::{Batch, DocumentChange, Feed, Origin, SourceEvent, SourcePlace};
pub use quarantine::{DocumentProblem, QuarantinePage, Quarantined};
pub use reached::{Reached, Scan};
pub use saved::{SavedSource, SourceCounts, SourceTask, SourceTrouble};
pub use sources::Sources;
pub use taking::{Looked, Taken, Verdict};
