//! Keys that something is sealed with: the present one, and old ones that only open.

use std::path::{Path, PathBuf};

use formhand_seal::{Keyring, NotAKey, SealKey};
use thiserror::Error;

use super::secret::{SecretError, SecretSource};

/// Where keys are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyConfig {
    /// The one that seals.
    pub current: SecretSource,
    /// Those that only open.
    pub old: Vec<SecretSource>,
}

/// A key is not there, or is none.
#[derive(Debug, Error)]
pub enum KeyError {
    /// It is not there.
    #[error("no key: {0}")]
    Missing(#[source] SecretError),
    /// What was read is no key.
    #[error("a key that is none: {0}")]
    NotAKey(#[from] NotAKey),
}

/// Where a key is, as written. It stands in no sealed file: what would that be sealed with?
pub(super) struct KeyKeys {
    pub(super) variable: Option<String>,
    pub(super) file: Option<PathBuf>,
    pub(super) old_variables: Vec<String>,
    pub(super) old_files: Vec<PathBuf>,
}

impl KeyKeys {
    /// The keys; nothing if nothing is said. `name` is how the key is called in the section `what`.
    pub(super) fn resolve(
        self,
        what: &str,
        name: &str,
        folder: &Path,
    ) -> Result<Option<KeyConfig>, String> {
        let here = |file: PathBuf| SecretSource::File(folder.join(file));
        let current = match (self.variable, self.file) {
            (Some(_), Some(_)) => {
                return Err(format!(
                    "{what} has {name}_env and {name}_file: expected one of them"
                ));
            }
            (Some(variable), None) => Some(SecretSource::Variable(variable)),
            (None, Some(file)) => Some(here(file)),
            (None, None) => None,
        };
        let variables = self.old_variables.into_iter().map(SecretSource::Variable);
        let old: Vec<SecretSource> = variables
            .chain(self.old_files.into_iter().map(here))
            .collect();
        match current {
            None if !old.is_empty() => Err(format!(
                "{what} has old keys and no present one: expected {name}_env or {name}_file"
            )),
            None => Ok(None),
            Some(current) => Ok(Some(KeyConfig { current, old })),
        }
    }
}

impl KeyConfig {
    /// Reads the keys.
    pub fn read(&self) -> Result<Keyring, KeyError> {
        let old: Vec<SealKey> = self.old.iter().map(key).collect::<Result<_, _>>()?;
        Ok(Keyring::new(&key(&self.current)?, &old))
    }

    /// Where they are.
    pub fn secrets(&self) -> impl Iterator<Item = &SecretSource> {
        std::iter::once(&self.current).chain(&self.old)
    }
}

/// Reads one key.
pub(crate) fn key(source: &SecretSource) -> Result<SealKey, KeyError> {
    let text = source.read().map_err(KeyError::Missing)?;
    Ok(SealKey::parse(text.expose())?)
}
