//! Where a configuration stands: its folder, and the sealed file of its secrets.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::secrets::SecretsConfig;

/// Where a configuration stands. Relative paths of it begin here.
pub(super) struct Here {
    folder: PathBuf,
    secrets: Option<Arc<SecretsConfig>>,
}

impl Here {
    pub(super) fn new(folder: &Path, secrets: Option<Arc<SecretsConfig>>) -> Self {
        Self {
            folder: folder.to_owned(),
            secrets,
        }
    }

    /// The sealed file of its secrets, if it has one.
    pub(super) fn secrets(&self) -> Option<&Arc<SecretsConfig>> {
        self.secrets.as_ref()
    }
}

impl Deref for Here {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.folder
    }
}

#[cfg(test)]
impl From<&str> for Here {
    fn from(folder: &str) -> Self {
        Self::new(Path::new(folder), None)
    }
}
