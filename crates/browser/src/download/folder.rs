//! Where the downloads of a context lie: one folder for all of them, in the browser's own profile.
//!
//! Chromium may begin to write one that is refused, and takes it away a little later. So the folder goes with its context,
//! and not with a download: then somebody may still write in it.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use tempfile::TempDir;

/// More files than a context ever has there at once.
const MOST_IN_IT: usize = 16;

/// The folder, made when it is needed first.
#[derive(Default)]
pub(crate) struct DownloadFolder(Mutex<Option<TempDir>>);

/// A file of it, which is removed with this if it is still there.
pub(super) struct OwnFile(pub(super) PathBuf);

impl DownloadFolder {
    /// Where it is.
    pub(super) fn path(&self, profile: &Path) -> io::Result<PathBuf> {
        let mut folder = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = folder.as_ref() {
            return Ok(folder.path().to_owned());
        }
        let new = tempfile::Builder::new()
            .prefix("download-")
            .tempdir_in(profile)?;
        Ok(folder.insert(new).path().to_owned())
    }

    /// Removes it: its context is closed, so nothing new comes.
    pub(crate) fn remove(&self) {
        let folder = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(folder) = folder.map(TempDir::keep) else {
            return;
        };
        // Chromium may still take away what it broke off, and a file that goes meanwhile ends the removal of the rest.
        let is_done = |_: &usize| {
            let removed = std::fs::remove_dir_all(&folder);
            removed.is_ok() || !folder.exists()
        };
        let _ = (0..MOST_IN_IT).find(is_done);
    }
}

impl Drop for OwnFile {
    fn drop(&mut self) {
        // It may have been moved away.
        let _ = std::fs::remove_file(&self.0);
    }
}
