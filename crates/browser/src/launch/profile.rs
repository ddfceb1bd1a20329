//! The folder a browser keeps its data in.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::error::LaunchError;

/// Which folder a browser keeps its data in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// A new one, removed after the browser's death and also when it fails to start.
    Temporary,
    /// This one, kept. It is made if it is not there.
    Persistent(PathBuf),
}

/// A profile folder in use. Dropping it removes a temporary one.
#[derive(Debug)]
pub(crate) enum Folder {
    Temporary(TempDir),
    Persistent(PathBuf),
}

impl Folder {
    /// Makes the folder. The name of a temporary one says which process owns it, so that a cleaner can tell the
    /// folders of a process that was killed from those in use.
    pub(crate) fn make(profile: Profile) -> Result<Self, LaunchError> {
        let made = match profile {
            Profile::Temporary => tempfile::Builder::new()
                .prefix(&format!("formhand-browser-{}-", std::process::id()))
                .tempdir()
                .map(Self::Temporary),
            Profile::Persistent(path) => {
                std::fs::create_dir_all(&path).map(|()| Self::Persistent(path))
            }
        };
        made.map_err(|source| LaunchError::Profile { source })
    }

    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Temporary(folder) => folder.path(),
            Self::Persistent(path) => path,
        }
    }

    pub(crate) fn remove_if_temporary(self) {
        if let Self::Temporary(folder) = self
            && let Err(error) = folder.close()
        {
            tracing::warn!(%error, "failed to remove a temporary browser profile");
        }
    }
}
