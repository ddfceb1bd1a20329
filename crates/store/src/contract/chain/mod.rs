//! The chain over the audit: every entry is bound, and each bond holds the one before it.
//!
//! docs/AUDIT.md says it byte by byte, so that an export can be proved without this program.

mod act;
mod content;
mod digest;
mod fields;
mod head;
mod link;
mod numbers;
mod store;
mod verdict;
mod verifier;
mod verify;

pub use act::{Act, Deed};
pub use content::Content;
pub use digest::{Digest, NoDigest, Salt};
pub use head::{Head, KeptHead, NoHead};
pub use link::{Bond, Kept, Link};
pub use numbers::Numbers;
pub use store::{Chain, Deeds};
pub use verdict::{Break, Fault, Verified};
pub use verifier::Verifier;
pub use verify::verify;

pub(crate) use act::DeedParts;
pub(crate) use content::digest_of_job;
