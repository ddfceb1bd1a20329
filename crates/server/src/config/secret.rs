//! Where a secret is. It never stands in the file itself.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use formhand_domain::Secret;
use thiserror::Error;

/// Where a secret is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretSource {
    /// In this variable of the environment.
    Variable(String),
    /// In this file; a line break at its end is no part of it.
    File(PathBuf),
}

/// A secret is not there.
#[derive(Debug, Error)]
pub enum SecretError {
    /// The variable is not set.
    #[error("the environment has no variable {0}, or it is empty")]
    NoVariable(String),
    /// The file cannot be read.
    #[error("cannot read {}: {source}", file.display())]
    NoFile {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file holds nothing.
    #[error("{} is empty", .0.display())]
    Empty(PathBuf),
}

impl SecretSource {
    /// The same, with its file in this folder unless it is elsewhere.
    pub(super) fn under(self, folder: &Path) -> Self {
        match self {
            Self::Variable(name) => Self::Variable(name),
            Self::File(file) => Self::File(folder.join(file)),
        }
    }

    /// Reads the secret.
    pub fn read(&self) -> Result<Secret, SecretError> {
        match self {
            Self::Variable(name) => std::env::var(name)
                .ok()
                .filter(|text| !text.is_empty())
                .map(Secret::new)
                .ok_or_else(|| SecretError::NoVariable(name.clone())),
            Self::File(file) => {
                let text = fs::read_to_string(file).map_err(|source| SecretError::NoFile {
                    file: file.clone(),
                    source,
                })?;
                let text = text.trim_end_matches(['\r', '\n']);
                if text.is_empty() {
                    return Err(SecretError::Empty(file.clone()));
                }
                Ok(Secret::new(text))
            }
        }
    }
}
