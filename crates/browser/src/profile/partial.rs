//! A copy that is not whole yet: it lies beside its place, under another name, until it is.

use std::fs::{DirBuilder, File};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock, syncfs};

use super::error::CopyError;

/// What the name of a copy ends with until it is whole.
const SUFFIX: &str = ".partial";

/// A folder that becomes the copy. Dropping it before removes it.
pub(super) struct Partial {
    to: PathBuf,
    path: PathBuf,
    /// Locked as long as the copy is being made: a folder that nobody holds was left by a process that was killed.
    folder: File,
    is_kept: bool,
}

impl Partial {
    /// Makes the folder, empty; what a killed process left of an earlier one is removed.
    pub(super) fn begin(to: &Path) -> Result<Self, CopyError> {
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(SUFFIX);
        let path = to.with_file_name(name);
        let failed = |source| CopyError::Io {
            path: path.clone(),
            source,
        };
        match DirBuilder::new().mode(0o700).create(&path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(failed(error)),
            _ => {}
        }
        let folder = File::open(&path).map_err(failed)?;
        let locked = flock(&folder, FlockOperation::NonBlockingLockExclusive);
        // Whoever made it before may have finished it, or removed it, between opening and locking it.
        if locked.is_err() || !is_at(&folder, &path).map_err(failed)? {
            return Err(CopyError::UnderWay { to: to.to_owned() });
        }
        let partial = Self {
            to: to.to_owned(),
            path,
            folder,
            is_kept: false,
        };
        if exists(to) {
            return Err(CopyError::Exists { to: to.to_owned() });
        }
        partial.clear()?;
        Ok(partial)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it the copy, all at once, after all of it is on the disk.
    pub(super) fn keep(mut self) -> Result<(), CopyError> {
        let failed = |source| CopyError::Io {
            path: self.to.clone(),
            source,
        };
        // Once for all its files: one after the other takes seconds.
        syncfs(&self.folder).map_err(|error| failed(error.into()))?;
        match std::fs::rename(&self.path, &self.to) {
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => {
                return Err(CopyError::Exists {
                    to: self.to.clone(),
                });
            }
            renamed => renamed.map_err(failed)?,
        }
        self.is_kept = true;
        let parent = self.to.parent().filter(|parent| *parent != Path::new(""));
        File::open(parent.unwrap_or(Path::new(".")))
            .and_then(|parent| parent.sync_all())
            .map_err(failed)
    }

    fn clear(&self) -> Result<(), CopyError> {
        let failed = |source| CopyError::Io {
            path: self.path.clone(),
            source,
        };
        for left in std::fs::read_dir(&self.path).map_err(failed)? {
            let left = left.map_err(failed)?.path();
            let removed = match left.symlink_metadata() {
                Ok(metadata) if metadata.is_dir() => std::fs::remove_dir_all(&left),
                _ => std::fs::remove_file(&left),
            };
            removed.map_err(failed)?;
        }
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.is_kept
            && let Err(error) = std::fs::remove_dir_all(&self.path)
        {
            tracing::warn!(%error, "a half copy of a profile was not removed");
        }
    }
}

fn is_at(folder: &File, path: &Path) -> std::io::Result<bool> {
    let held = folder.metadata()?;
    Ok(path
        .metadata()
        .is_ok_and(|there| (there.dev(), there.ino()) == (held.dev(), held.ino())))
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
