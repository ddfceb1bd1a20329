//! A source as the store knows it.

use formhand_domain::{Lease, SourceName};
use jiff::Timestamp;

use super::Reached;

/// A source as the store knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSource {
    /// Its name.
    pub name: SourceName,
    /// Who watches it, or did so until it ended.
    pub lease: Option<Lease>,
    /// How far it was read; nothing before the first look at it.
    pub reached: Option<Reached>,
    /// Up to which entry of the audit its documents were told.
    pub told: u64,
    /// What it has brought.
    pub counts: SourceCounts,
    /// How many of its documents are in the quarantine.
    pub quarantined: u64,
    /// How many of its documents refuse to be told.
    pub refused: u64,
    /// Why it cannot be watched at present.
    pub trouble: Option<SourceTrouble>,
    /// Why its documents cannot be told at present.
    pub telling_trouble: Option<SourceTrouble>,
}

/// What is done with a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceTask {
    /// Records are taken from it.
    Watching,
    /// Its documents are told of their jobs.
    Telling,
}

/// What a source has brought since it was first watched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SourceCounts {
    /// Jobs.
    pub taken: u64,
    /// Of these, those that were invalid from the start.
    pub invalid: u64,
    /// Of these, those that were duplicates.
    pub duplicates: u64,
}

/// Why something cannot be done with a source. In words, without anything of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceTrouble {
    /// Since when.
    pub since: Timestamp,
    /// Why.
    pub text: String,
}
