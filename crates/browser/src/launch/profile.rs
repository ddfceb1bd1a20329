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

/// Removes what a browser that did not end by itself leaves outside of its profile: a folder among the system's
/// temporary ones, which the profile names. Call it only when no browser uses the profile any more.
pub fn clear_after_death(profile: &Path) {
    let Ok(socket) = std::fs::read_link(profile.join("SingletonSocket")) else {
        return;
    };
    let Some(folder) = socket.parent() else {
        return;
    };
    // The link is the browser's own, but what it points to is removed only if it is what it should be.
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let is_its_own = folder.parent() == Some(&std::env::temp_dir())
        && (name.starts_with("org.chromium.") || name.starts_with("com.google."));
    if is_its_own && let Err(error) = std::fs::remove_dir_all(folder) {
        tracing::debug!(%error, "the folder of a dead browser's socket was not removed");
    }
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

    /// Removes what a dead browser is known to leave, and the folder itself if it is temporary.
    pub(crate) fn clear(self) {
        clear_after_death(self.path());
        if let Self::Temporary(folder) = self
            && let Err(error) = folder.close()
        {
            tracing::warn!(%error, "failed to remove a temporary browser profile");
        }
    }
}
