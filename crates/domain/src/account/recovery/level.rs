//! How much is taken down to bring a session back.

use crate::names::wire_names;

wire_names! {
    /// A rung of the ladder. Each takes down more than the one before it.
    RecoveryLevel {
        /// Log in again in the same browser.
        Soft = "soft",
        /// Close the browser and start a new one on the same profile.
        Hard = "hard",
        /// Keep a backup of the profile and start from an empty one; on any failure the old one is put back.
        Nuclear = "nuclear",
    }
}

impl RecoveryLevel {
    /// The next rung; nothing above the last one.
    pub(super) fn above(self) -> Option<Self> {
        match self {
            Self::Soft => Some(Self::Hard),
            Self::Hard => Some(Self::Nuclear),
            Self::Nuclear => None,
        }
    }
}
