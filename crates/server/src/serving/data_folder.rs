//! The folder that holds everything, for one server at a time.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use super::ServeError;
use crate::config::STORE_FILE;

/// The data folder, held. The operating system lets it go when this process ends, however it ends.
pub struct DataFolder {
    path: PathBuf,
    // Its lock is the claim.
    _lock: File,
}

impl DataFolder {
    /// Makes the folder if need be and takes it, or says who has it.
    pub fn take(path: &Path) -> Result<Self, ServeError> {
        let unusable = |source| ServeError::Folder {
            path: path.to_owned(),
            source,
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(unusable)?;
        let path = path.canonicalize().map_err(unusable)?;
        let file = path.join("lock");
        let mut lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&file)
            .map_err(|source| ServeError::Folder {
                path: file.clone(),
                source,
            })?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(ServeError::FolderTaken {
                    owner: owner(&file),
                    folder: path,
                });
            }
            Err(TryLockError::Error(source)) => {
                return Err(ServeError::Folder { path: file, source });
            }
        }
        // Only for the message above; nothing is decided by it.
        lock.set_len(0)
            .and_then(|()| lock.write_all(std::process::id().to_string().as_bytes()))
            .map_err(|source| ServeError::Folder { path: file, source })?;
        Ok(Self { path, _lock: lock })
    }

    /// The folder itself, as an absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.path.join(STORE_FILE)
    }

    /// The sessions' browser profiles.
    pub fn profiles(&self) -> PathBuf {
        self.path.join("profiles")
    }

    /// The proof of failed attempts.
    pub fn evidence(&self) -> PathBuf {
        self.path.join("evidence")
    }
}

/// Writes a file that only this user may read, whole or not at all.
pub(super) fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, path)
}

fn owner(file: &Path) -> String {
    fs::read_to_string(file)
        .ok()
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
        .unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_server_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = DataFolder::take(folder.path()).unwrap();
        let error = DataFolder::take(folder.path()).err().unwrap().to_string();
        assert!(
            error.contains(&format!("(process {})", std::process::id())),
            "{error}"
        );
        drop(first);
        DataFolder::take(folder.path()).unwrap();
    }
}
