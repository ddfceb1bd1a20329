//! What a source's documents are told of their jobs.

use std::{collections::BTreeMap, fmt};

use formhand_domain::JobId;
use jiff::Timestamp;

use super::DocumentId;

/// What is written into a document. Nothing else of it changes.
#[derive(Clone, PartialEq, Eq)]
pub struct Note {
    /// Into which.
    pub document: DocumentId,
    /// Paths, and what is written there.
    pub fields: Vec<(String, NoteValue)>,
}

/// What is written at one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteValue {
    /// A text.
    Text(String),
    /// A moment, as a date of the database.
    Time(Timestamp),
    /// Texts with their names.
    Texts(BTreeMap<String, String>),
}

/// How far the documents of a source have been told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Up to this entry of the audit, if that has changed.
    pub up_to: Option<u64>,
    /// Jobs whose documents refuse what is written. They are tried again later.
    pub refused: Vec<JobId>,
    /// Jobs whose documents refused before and do no more, or are gone.
    pub settled: Vec<JobId>,
}

/// A receipt is the portal's word on a person.
impl fmt::Debug for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths: Vec<&str> = self.fields.iter().map(|(path, _)| path.as_str()).collect();
        formatter.debug_tuple("Note").field(&paths).finish()
    }
}
