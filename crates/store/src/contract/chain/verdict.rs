//! What a proof came to.

use std::fmt;

use thiserror::Error;

use super::{Head, KeptHead};

/// A chain that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// How far it goes; nothing if it is empty.
    pub head: Option<Head>,
    /// How many entries it has.
    pub entries: u64,
    /// Of these, those whose job was removed, so that only their hashes are there.
    pub removed: u64,
    /// From which entry on it proves what happened: those before it were bound as they were found. Nothing: from the first.
    pub begun_at: Option<u64>,
}

/// A chain that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{}", said(*.seq, .fault))]
pub struct Break {
    /// The number of the first entry at which it does not.
    pub seq: u64,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It says something else than what was written.
    Changed,
    /// What it says cannot be read.
    Unreadable,
    /// It is not there, and those behind it are.
    Missing,
    /// It was put there past the chain.
    Inserted,
    /// Its link does not follow from what is before it: it or something before it was replaced.
    NotLinked,
    /// What it says is gone, and nothing in the chain says that its job was removed.
    Emptied,
    /// The chain begins here a second time, or not behind as many entries as it says.
    BegunFalsely,
    /// The chain ends before the head that was kept elsewhere.
    CutOff {
        /// That head.
        kept: KeptHead,
    },
    /// The entry has another link than the head that was kept elsewhere.
    Rewritten {
        /// That head.
        kept: KeptHead,
    },
}

impl Fault {
    /// Its name.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Unreadable => "unreadable",
            Self::Missing => "missing",
            Self::Inserted => "inserted",
            Self::NotLinked => "not_linked",
            Self::Emptied => "emptied",
            Self::BegunFalsely => "begun_falsely",
            Self::CutOff { .. } => "cut_off",
            Self::Rewritten { .. } => "rewritten",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("says something else than what was written"),
            Self::Unreadable => f.write_str("cannot be read"),
            Self::Missing => f.write_str("is missing"),
            Self::Inserted => f.write_str("was put there past the chain"),
            Self::NotLinked => f.write_str(
                "does not follow from what is before it: it was replaced, or what is before it was",
            ),
            Self::Emptied => f.write_str(
                "says nothing any more, and nothing in the chain says that its job was removed",
            ),
            Self::BegunFalsely => f.write_str(
                "begins the chain where it cannot begin, or behind other entries than it says",
            ),
            Self::CutOff { kept } => write!(
                f,
                "is not there: the chain ends before the kept head {kept}"
            ),
            Self::Rewritten { kept } => write!(f, "has another link than the kept head {kept}"),
        }
    }
}

fn said(seq: u64, fault: &Fault) -> String {
    format!("the audit is broken: entry {seq} {fault}")
}
