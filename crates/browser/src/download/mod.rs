//! Downloads: refused, but for the one that is waited for.

mod coming;
mod error;
mod events;
mod folder;
mod slot;

pub use coming::{ComingDownload, Downloaded};
pub use error::DownloadError;
pub(crate) use folder::DownloadFolder;
pub(crate) use slot::DownloadSlot;
