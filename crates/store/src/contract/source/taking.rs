//! What became of documents.

use formhand_domain::NewJob;

use super::{DocumentId, DocumentProblem};

/// A document that was looked at.
#[derive(Clone)]
pub struct Looked {
    /// Which.
    pub document: DocumentId,
    /// What is to be done about it.
    pub verdict: Verdict,
}

/// What is to be done about a document.
#[derive(Clone)]
pub enum Verdict {
    /// It becomes this job, whose idempotency key is the document's.
    Job(Box<NewJob>),
    /// It is ready and cannot be taken as it is.
    Broken(Vec<DocumentProblem>),
    /// Nothing: it is not ready, is gone, or was taken before. It leaves the quarantine.
    Nothing,
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Jobs that were made, whatever their status.
    pub jobs: u64,
    /// Of these, those whose record breaks its flow's rules.
    pub invalid: u64,
    /// Of these, those whose business key or caller's id another job holds.
    pub duplicates: u64,
    /// Documents that had become a job before, after all.
    pub known: u64,
    /// Documents that are in the quarantine now.
    pub broken: u64,
}

impl Taken {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            jobs: self.jobs + other.jobs,
            invalid: self.invalid + other.invalid,
            duplicates: self.duplicates + other.duplicates,
            known: self.known + other.known,
            broken: self.broken + other.broken,
        }
    }
}
