//! The folder a browser keeps its data in.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::error::LaunchError;
use super::prepare::prepare;
use crate::profile::{process_on, user_of};

/// Which folder a browser keeps its data in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// A new one, removed after the browser's death and also when it fails to start.
    Temporary,
    /// This one, kept. It is made if it is not there. Cookies that end with the browser are kept too, as far as they
    /// have come to the disk: by Chromium, not by the headless shell.
    Persistent(PathBuf),
}

/// Removes what a browser that did not end by itself leaves: its lock, and a folder among the system's temporary ones
/// that the profile names. Call it only when no browser uses the profile any more, also none on another host: a lock
/// that names another one is removed too, or no browser would start in a container that has a new name. Where a
/// process here works with the profile, nothing is removed.
pub fn clear_after_death(profile: &Path) {
    let links =
        ["SingletonLock", "SingletonCookie", "SingletonSocket"].map(|name| profile.join(name));
    let is_there = |link: &PathBuf| link.symlink_metadata().is_ok();
    if !links.iter().any(is_there) || process_on(profile).is_some() {
        return;
    }
    if let Ok(socket) = std::fs::read_link(profile.join("SingletonSocket")) {
        remove_socket(&socket);
    }
    for link in links.iter().filter(|link| is_there(link)) {
        if let Err(error) = std::fs::remove_file(link) {
            tracing::debug!(%error, "a lock of a dead browser was not removed");
        }
    }
}

fn remove_socket(socket: &Path) {
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
            Profile::Persistent(path) => kept(&path).map(|()| Self::Persistent(path)),
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
        // A browser that did not start because another one works with its profile must leave that one's lock alone.
        let is_its_own = matches!(self, Self::Temporary(_)) || user_of(self.path()).is_none();
        if is_its_own {
            clear_after_death(self.path());
        }
        if let Self::Temporary(folder) = self
            && let Err(error) = folder.close()
        {
            tracing::warn!(%error, "failed to remove a temporary browser profile");
        }
    }
}

fn kept(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)?;
    // One that is in use is refused by the browser itself in a moment.
    let is_free = path.join("SingletonLock").symlink_metadata().is_err() || user_of(path).is_none();
    if is_free { prepare(path) } else { Ok(()) }
}
