//! A document that the portal makes.

use super::Target;
use crate::value::Template;

/// A document that the portal makes and that is kept.
#[derive(Debug, Clone)]
pub struct Download {
    /// How one gets it.
    pub from: DownloadFrom,
    /// What it is called where it is kept; what the portal calls it otherwise.
    pub name: Option<String>,
    /// What its content must be.
    pub kind: Option<DocumentType>,
    /// How large it may be.
    pub at_most_bytes: u64,
}

/// How one gets a document.
#[derive(Debug, Clone)]
pub enum DownloadFrom {
    /// By a click.
    Click(Target),
    /// From an address, relative to the portal's base.
    Goto(Template),
}

/// What a document's content must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentType {
    /// A PDF.
    Pdf,
    /// A picture (PNG).
    Png,
    /// A picture (JPEG).
    Jpeg,
    /// An archive; office documents are such, too.
    Zip,
}
