//! `[secrets]`: a file of secrets that is sealed, so that it can be kept and copied with the configuration.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use formhand_domain::Secret;
use formhand_seal::{Keyring, NotOpened};
use serde::Deserialize;
use thiserror::Error;

use super::keys::{KeyConfig, KeyError, KeyKeys};

/// The section as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SecretsSection {
    file: Option<PathBuf>,
    key_env: Option<String>,
    key_file: Option<PathBuf>,
    old_key_envs: Vec<String>,
    old_key_files: Vec<PathBuf>,
}

/// The sealed file of secrets, and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretsConfig {
    /// The file.
    pub file: PathBuf,
    /// What it is sealed with.
    pub key: KeyConfig,
}

/// The sealed file does not have a secret, or cannot be used.
#[derive(Debug, Error)]
pub enum SecretsError {
    /// It cannot be read or written.
    #[error("cannot read or write {}: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Its key.
    #[error("the sealed file of secrets has {0}")]
    Key(#[from] Box<KeyError>),
    /// It was not opened.
    #[error("{} was not opened: {source}", file.display())]
    NotOpened {
        /// The file.
        file: PathBuf,
        /// Why.
        source: NotOpened,
    },
    /// What was in it is no list of secrets.
    #[error("{} holds no list of secrets", .0.display())]
    Unreadable(PathBuf),
}

/// What a sealed file is sealed for.
const PLACE: &str = "formhand secrets";

/// Its first line.
const HEAD: &str = "# Secrets of Formhand, sealed. `formhand secret` reads and writes them.\n";

impl SecretsSection {
    /// The file, or what is contradictory about it.
    pub(super) fn resolve(self, folder: &Path) -> Result<Option<SecretsConfig>, String> {
        let keys = KeyKeys {
            variable: self.key_env,
            file: self.key_file,
            old_variables: self.old_key_envs,
            old_files: self.old_key_files,
        };
        let key = keys.resolve("secrets", "key", folder)?;
        match (self.file, key) {
            (Some(file), Some(key)) => Ok(Some(SecretsConfig {
                file: folder.join(file),
                key,
            })),
            (None, None) => Ok(None),
            (Some(_), None) => {
                Err("secrets has a file and no key: expected key_env or key_file".into())
            }
            (None, Some(_)) => Err("secrets has a key and no file: expected file".into()),
        }
    }
}

impl SecretsConfig {
    /// All secrets of the file, by name; none if it is not there yet.
    pub fn open(&self) -> Result<BTreeMap<String, Secret>, SecretsError> {
        let text = match fs::read_to_string(&self.file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            read => read.map_err(|source| self.io(source))?,
        };
        let sealed = text.lines().find(|line| !line.starts_with('#'));
        let plain = self
            .keys()?
            .open_text(PLACE, sealed.unwrap_or_default())
            .map_err(|source| SecretsError::NotOpened {
                file: self.file.clone(),
                source,
            })?;
        serde_json::from_str(&plain).map_err(|_| SecretsError::Unreadable(self.file.clone()))
    }

    /// Writes all of them, sealed with the present key. Whoever reads meanwhile reads the old file or the new one.
    pub fn write(&self, secrets: &BTreeMap<String, Secret>) -> Result<(), SecretsError> {
        let exposed: BTreeMap<&str, &str> = secrets
            .iter()
            .map(|(name, secret)| (name.as_str(), secret.expose()))
            .collect();
        let plain = serde_json::json!(exposed).to_string();
        let sealed = self.keys()?.seal_text(rand::random(), PLACE, &plain);
        let new = self.file.with_extension("new");
        write_whole(&new, &format!("{HEAD}{sealed}\n"))
            .and_then(|()| fs::rename(&new, &self.file))
            .map_err(|source| self.io(source))
    }

    fn keys(&self) -> Result<Keyring, SecretsError> {
        Ok(self.key.read().map_err(Box::new)?)
    }

    fn io(&self, source: io::Error) -> SecretsError {
        SecretsError::Io {
            file: self.file.clone(),
            source,
        }
    }
}

fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    // One that was left half written is nobody's.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::{super::SecretSource, *};

    fn config(folder: &Path) -> SecretsConfig {
        let key = folder.join("key");
        fs::write(&key, "a7".repeat(32)).unwrap();
        SecretsConfig {
            file: folder.join("secrets.sealed"),
            key: KeyConfig {
                current: SecretSource::File(key),
                old: Vec::new(),
            },
        }
    }

    #[test]
    fn kf43_a_file_of_secrets_shows_nothing_and_no_byte_of_it_can_be_changed() {
        let folder = tempfile::tempdir().unwrap();
        let config = config(folder.path());
        assert_eq!(config.open().unwrap(), BTreeMap::new());
        let secret = |text: &str| Secret::new(text);
        let all = BTreeMap::from([
            ("customers".to_owned(), secret("planted-value")),
            ("mail".to_owned(), secret("another")),
        ]);
        config.write(&all).unwrap();
        assert_eq!(config.open().unwrap(), all);
        let sealed = fs::read_to_string(&config.file).unwrap();
        assert!(!sealed.contains("planted") && !sealed.contains("customers"));
        // Every letter of the sealed line.
        for place in HEAD.len()..sealed.len() - 1 {
            let mut changed = sealed.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            fs::write(&config.file, changed).unwrap();
            assert!(config.open().is_err(), "{place}");
        }
        fs::write(&config.file, HEAD).unwrap();
        assert!(config.open().is_err());
    }
}
