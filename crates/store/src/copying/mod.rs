//! Moving a store from SQLite to MongoDB.
//!
//! What must never be is a moment in which servers can work in both: each would file what the other has not filed yet.
//! And wherever it is interrupted, running it again must be enough. The states, and who can be opened in each:
//!
//! | | source | target | opens | what the next run does |
//! |---|---|---|---|---|
//! | 1 | as it was | marked `closing` | the source | looks once more whether the target is empty |
//! | 2 | as it was | marked `copying` | the source | removes what is there, and starts over |
//! | 3 | as it was | marked `whole` | the source | the same: the source may have gone on meanwhile |
//! | 4 | marked as moved | marked `whole` | none | takes the mark of the target away |
//! | 5 | marked as moved | not marked | the target | says that it is done |
//!
//! Each step is durable before the next is taken, so a crash leaves one of these states and nothing between them. A target
//! with a mark is opened by nobody, and a source that is marked as moved neither: only in state 5 the target opens, and from
//! 4 on the source does not.
//!
//! From 3 to 4 nothing can be added to what was copied: one transaction of the source holds its write lock from the first
//! row that is read to the mark. A try has a name that both sides keep, so a target is only finished by the source that it
//! was copied from, in the try that it was copied in, and nothing is ever removed but what a try of this source has written.
//! Who had one of the two open before is held off by the database itself: triggers of the source refuse to change jobs after
//! the mark, and rules of the target refuse every write of a job or an account before its mark is gone.

mod batch;
mod copy;
mod error;
mod prepare;
mod progress;
mod source;
mod totals;

pub(crate) use batch::{
    Batch, CopiedAccount, CopiedAct, CopiedEntry, CopiedEvent, CopiedJob, CopiedLink, CopiedLogin,
    CopiedSlate, CopiedStart, CopiedWish,
};
pub(crate) use totals::Totals;

pub use copy::{copy, copy_sealed};
pub use error::CopyError;
pub use progress::{Copied, CopyPart, Progress};
