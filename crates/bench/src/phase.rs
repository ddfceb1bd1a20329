//! The parts of a job, the same for both.

use std::fmt;

use serde::Serialize;

/// A part of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Phase {
    /// A context with the session, and a page in it.
    Session,
    /// From the dashboard to the empty form.
    Navigation,
    /// Agent, Form 60, customer, and its validation.
    Customer,
    /// The vehicle, up to the coverage details.
    Vehicle,
    /// Covers and other details, up to the premium.
    Coverage,
    /// Save, up to the receipt.
    Save,
    /// The context is gone.
    Close,
}

impl Phase {
    /// All, in order.
    pub(crate) const ALL: [Self; 7] = [
        Self::Session,
        Self::Navigation,
        Self::Customer,
        Self::Vehicle,
        Self::Coverage,
        Self::Save,
        Self::Close,
    ];

    /// The step of the definition that a phase begins with, for those that begin with one.
    pub(crate) fn first_step(self) -> Option<&'static str> {
        match self {
            Self::Session | Self::Close => None,
            Self::Navigation => Some("network warnings"),
            Self::Customer => Some("vendor code"),
            Self::Vehicle => Some("make, model and variant"),
            Self::Coverage => Some("IDV"),
            Self::Save => Some("save the proposal"),
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Session => "session and clone",
            Self::Navigation => "navigation to the form",
            Self::Customer => "customer",
            Self::Vehicle => "vehicle",
            Self::Coverage => "coverage",
            Self::Save => "save and receipt",
            Self::Close => "close",
        })
    }
}
