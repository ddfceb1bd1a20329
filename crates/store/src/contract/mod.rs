//! What a store promises, whatever database it runs on.

mod account;
mod audit;
mod chain;
mod claim;
mod ended;
mod error;
mod history;
mod intake;
mod keeping;
mod node;
mod query;
mod question;
mod seal;
mod search;
mod slate;
mod source;
mod stats;
mod store;
mod webhook;

pub use account::{LoginTicket, SavedSession, SessionWish};
pub use audit::{AuditEntry, Change};
pub use chain::{
    Act, Bond, Break, Chain, Content, Deed, Deeds, Digest, Fault, Head, Kept, KeptHead, Link,
    NoDigest, NoHead, Numbers, Salt, Verified, Verifier, verify,
};
pub(crate) use chain::{DeedParts, digest_of_job};
pub use claim::{Capacity, ClaimRequest};
pub use ended::{EndedJob, EndedJobs};
pub use error::{ApplyError, StoreError};
pub use history::{SessionEntry, SessionHistoryFilter};
pub use intake::Submitted;
pub use keeping::{Keeping, SealedCopy, SessionReport};
pub use node::{Node, NodeEntry};
pub(crate) use query::COUNTED;
pub use query::{Cursor, JobFilter, JobPage, Total};
pub use question::{Question, QuestionKind};
pub use seal::{Resealed, SealError, SealWish};
pub use search::{NothingToSearch, SearchText};
pub use slate::{Slate, Slates};
pub use source::{
    Batch, DocumentChange, DocumentId, DocumentProblem, Feed, Looked, Note, NoteValue, Origin,
    OriginError, Position, QuarantinePage, Quarantined, Reached, SavedSource, Scan, SourceCounts,
    SourceError, SourceEvent, SourcePlace, SourceTask, SourceTrouble, Sources, Taken, Told,
    Verdict,
};
pub use stats::{Counts, HourOutcomes, Stats};
pub use store::Store;
pub use webhook::{
    Delivery, DeliveryCount, DeliveryCursor, DeliveryFilter, DeliveryPage, DeliveryState,
    DeliveryTry, NewDelivery, SwitchedOff, Webhook, WebhookFailing, WebhookState, Webhooks,
};
