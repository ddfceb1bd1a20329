//! Why there is no copy of a profile.

use std::fmt;
use std::path::PathBuf;

/// Why there is no copy of a profile. Nothing of a copy that failed is left.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CopyError {
    /// There is no such profile.
    #[error("copy the profile {profile}: it is not a folder")]
    NotThere {
        /// The profile.
        profile: PathBuf,
    },
    /// A browser works with it: its files change while they are read.
    #[error("copy the profile {profile}: it is in use by {by}")]
    InUse {
        /// The profile.
        profile: PathBuf,
        /// Who uses it.
        by: String,
    },
    /// What would be written is there already.
    #[error("copy a profile to {to}: it exists")]
    Exists {
        /// Where the copy should be.
        to: PathBuf,
    },
    /// Another copy to the same place is being made.
    #[error("copy a profile to {to}: another copy to it is under way")]
    UnderWay {
        /// Where the copy should be.
        to: PathBuf,
    },
    /// The profile holds what is no file, so that nobody can say what a copy of it would be.
    #[error("copy a profile: {path} is neither a file nor a folder")]
    NotAFile {
        /// What it is.
        path: PathBuf,
    },
    /// The copy is not the same as the profile.
    #[error("verify the copy of a profile: {path} {difference}")]
    Differs {
        /// Where, in both of them.
        path: PathBuf,
        /// How.
        difference: Difference,
    },
    /// A file could not be read or written.
    #[error("copy a profile: {path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
}

/// How a copy differs from its profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The copy does not have it.
    Missing,
    /// Only the copy has it.
    Added,
    /// One is a file and the other a folder.
    Kind,
    /// They are not of the same size.
    Size,
    /// They do not hold the same.
    Content,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Missing => "is missing in the copy",
            Self::Added => "is only in the copy",
            Self::Kind => "is a file in one of them and a folder in the other",
            Self::Size => "has another size",
            Self::Content => "has another content",
        })
    }
}
