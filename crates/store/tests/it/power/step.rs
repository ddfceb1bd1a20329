//! The log of a recording.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

/// Something that the helper did and a disk, or a caller, knows of. Paths are those below the recorded folder.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// A folder was made.
    MakeFolder(PathBuf),
    /// An empty file was made.
    MakeFile(PathBuf),
    /// A file was removed.
    Remove(PathBuf),
    /// Bytes were written.
    Write {
        /// Into which file.
        path: PathBuf,
        /// From where on.
        at: usize,
        /// What.
        bytes: Arc<[u8]>,
    },
    /// A file was cut or lengthened to a size.
    Resize {
        /// Which file.
        path: PathBuf,
        /// Its size after.
        size_bytes: usize,
    },
    /// A file's content, or the names in a folder, were made durable.
    Sync(PathBuf),
    /// A caller was told that its operation is done.
    Acknowledge {
        /// Whose operation: the portal that this caller files into.
        portal: String,
    },
    /// What the folder held at this moment, read from outside while nobody wrote.
    Look(BTreeMap<PathBuf, Vec<u8>>),
}

impl Step {
    /// Whether a disk may forget it until the next sync.
    pub(super) fn changes_a_file(&self) -> bool {
        !matches!(
            self,
            Self::Sync(_) | Self::Acknowledge { .. } | Self::Look(_)
        )
    }
}
