//! The collections that records are taken from.

use formhand_domain::SourceName;
use formhand_portal::mapping::Mapping;
use formhand_store::SourcePlace;

/// A collection of the business that is watched.
#[derive(Debug, Clone)]
pub struct SourceSetup {
    /// Its name. A document is taken once under it, so it stays what it is.
    pub name: SourceName,
    /// Where it is.
    pub place: SourcePlace,
    /// What its documents are.
    pub kind: SourceKind,
    /// What becomes of the documents that are there when it is watched for the first time.
    pub existing: Existing,
    /// What its documents are told of their jobs.
    pub write_back: WriteBack,
}

/// What the documents of a source are.
#[derive(Debug, Clone)]
pub enum SourceKind {
    /// The business's own, which become records by a mapping.
    Mapping(Box<Mapping>),
    /// Submissions, as the HTTP API takes them.
    Queue,
}

/// What becomes of documents that are there when a source is watched for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Existing {
    /// They are left alone. Only what comes from then on is looked at.
    #[default]
    Skip,
    /// They are looked at like new ones.
    Take,
}

/// Paths of a document, and what is written there of its job. Nothing is written where no path is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WriteBack {
    /// The job's status, as the API shows it.
    pub status: Option<String>,
    /// The portal's words for what was filed, by their names.
    pub receipt: Option<String>,
    /// The job's id.
    pub job: Option<String>,
    /// When it last changed.
    pub at: Option<String>,
}

impl WriteBack {
    /// All paths that are written.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let all = [&self.status, &self.receipt, &self.job, &self.at];
        all.into_iter().filter_map(|path| path.as_deref())
    }

    /// Whether nothing is written.
    pub fn is_off(&self) -> bool {
        self.paths().next().is_none()
    }
}
