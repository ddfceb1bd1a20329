//! What is kept of an attempt, masked before it is written.
//!
//! A path is made of the job's and the attempt's ids: no key and no record value is ever part of it. Only a document that
//! the portal made has a name of its own, the definition's or the portal's, made safe; the caller sees to it that no record
//! value is in that.

mod bundle;
mod document;
mod file;
mod folder;
mod handover;
mod mask;
mod place;
mod remote;
mod removal;
mod web;

pub use bundle::{Broken, Bundle, Part, RECEIPT};
pub use document::safe_name;
pub use file::{Content, Kept};
pub use folder::{Evidence, EvidenceError};
pub use mask::{Area, MaskError, paint};
pub use place::{Kind, Place};
pub use remote::{Remote, RemoteError, RemoteSetup};
