//! What can be seen of a take-over.

use jiff::Timestamp;

/// How the page of a job stands that this server works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakeOverState {
    /// Nobody has asked for it.
    Free,
    /// Somebody has asked; the steps halt at the next safe place.
    Asked {
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A step failed, and it waits for a person who takes the page over.
    Waiting {
        /// Which.
        step: String,
        /// What went wrong.
        failure: String,
        /// For how long.
        until: Timestamp,
    },
    /// A person has it.
    Held(Held),
    /// The form is being submitted, or was.
    TooLate,
}

/// A page that a person has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Who.
    pub by: String,
    /// Since when.
    pub since: Timestamp,
    /// When it ends if nothing more is done.
    pub idle_ends_at: Timestamp,
    /// When it ends whatever is done.
    pub ends_at: Timestamp,
    /// The step that comes next, or that failed.
    pub step: String,
    /// What went wrong with the step, if it was tried.
    pub failure: Option<String>,
    /// How much was done.
    pub act_count: u32,
    /// What was refused meanwhile, in words, newest last.
    pub refused: Vec<String>,
}

/// What a person says at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HowToEnd {
    /// The steps go on where they halted.
    GoOn,
    /// The step that failed is tried again.
    TryAgain,
    /// The attempt ends unspent, and the job waits for people.
    GiveUp {
        /// Why.
        reason: String,
    },
}
