//! Where a secret is. It never stands in the file itself.

use std::{fs, io, path::PathBuf, sync::Arc};

use formhand_domain::Secret;
use thiserror::Error;

use super::{
    here::Here,
    secrets::{SecretsConfig, SecretsError},
};

/// Where a secret is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretSource {
    /// In this variable of the environment.
    Variable(String),
    /// In this file; a line break at its end is no part of it.
    File(PathBuf),
    /// In the sealed file of secrets.
    Sealed {
        /// Under this name.
        name: String,
        /// The file; nothing if the configuration names none.
        of: Option<Arc<SecretsConfig>>,
    },
}

/// What the path of a file begins with that is no file but the name of a sealed secret.
const SEALED: &str = "sealed:";

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
    /// No sealed file of secrets is configured.
    #[error("`sealed:{0}` names a secret of the sealed file, and [secrets] names no such file")]
    NoSealedFile(String),
    /// The sealed file does not have it.
    #[error("the sealed file of secrets has no {name:?}: `formhand secret set {name}` puts it in")]
    NotSealed {
        /// Its name.
        name: String,
    },
    /// The sealed file cannot be used.
    #[error(transparent)]
    Secrets(SecretsError),
}

impl SecretSource {
    /// The same, with its file in this folder unless it is elsewhere.
    pub(super) fn under(self, folder: &Here) -> Self {
        let Self::File(file) = self else { return self };
        match file.to_str().and_then(|file| file.strip_prefix(SEALED)) {
            Some(name) => Self::Sealed {
                name: name.to_owned(),
                of: folder.secrets().cloned(),
            },
            None => Self::File(folder.join(file)),
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
            Self::Sealed { name, of } => {
                let of = of.as_ref();
                let of = of.ok_or_else(|| SecretError::NoSealedFile(name.clone()))?;
                let secret = of.open().map_err(SecretError::Secrets)?.remove(name);
                secret.ok_or_else(|| SecretError::NotSealed { name: name.clone() })
            }
        }
    }
}
