//! `[store]`: where jobs and sessions are kept.

use std::path::{Path, PathBuf};

use formhand_engine::{NotAKey, SealKey};
use formhand_seal::Keyring;
use formhand_store::StorePlace;
use serde::Deserialize;
use thiserror::Error;

use super::here::Here;
use super::{
    keys::{KeyConfig, KeyError, KeyKeys},
    mongo_url::{UrlError, UrlKeys, UrlSource},
    secret::{SecretError, SecretSource},
};

/// The section as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct StoreSection {
    url: Option<String>,
    url_env: Option<String>,
    url_file: Option<PathBuf>,
    seal_key_env: Option<String>,
    seal_key_file: Option<PathBuf>,
    old_seal_key_envs: Vec<String>,
    old_seal_key_files: Vec<PathBuf>,
    seal_records: Option<bool>,
}

/// The name of the file in the data folder.
pub const STORE_FILE: &str = "formhand.db";

/// Where jobs and sessions are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum StoreConfig {
    /// In one file of the data folder, for one server.
    #[default]
    Sqlite,
    /// On a MongoDB replica set, for several servers.
    Mongo {
        /// Where its URL is.
        url: UrlSource,
        /// Where the key is that sessions are sealed with.
        seal_key: SecretSource,
    },
}

/// What records are sealed with at rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordSeal {
    /// The keys, if there are any.
    pub keys: Option<KeyConfig>,
    /// Whether records are sealed with them. On MongoDB the present key seals sessions in any case.
    pub is_on: bool,
}

/// What the store needs is not there, or is none.
#[derive(Debug, Error)]
pub enum StoreConfigError {
    /// The URL.
    #[error("the store has {0}")]
    Url(#[from] UrlError),
    /// The key.
    #[error("the store has no key to seal sessions with: {0}")]
    SealKey(#[source] SecretError),
    /// What was read is no key.
    #[error("the store's key to seal sessions with is none: {0}")]
    NotAKey(#[from] NotAKey),
    /// The keys that records are sealed with.
    #[error("the store has, to seal records with, {0}")]
    Records(#[from] KeyError),
}

impl StoreSection {
    /// Puts what is written over what was known before, or says what is contradictory about it.
    pub(super) fn over(
        self,
        before: (StoreConfig, RecordSeal),
        folder: &Here,
    ) -> Result<(StoreConfig, RecordSeal), String> {
        let url = UrlKeys {
            url: self.url,
            url_env: self.url_env,
            url_file: self.url_file,
        };
        let without = "without it, jobs are kept in a file of the data folder";
        let url = url.source("store", without, folder)?;
        let keys = KeyKeys {
            variable: self.seal_key_env,
            file: self.seal_key_file,
            old_variables: self.old_seal_key_envs,
            old_files: self.old_seal_key_files,
        };
        let keys = keys.resolve("store", "seal_key", folder)?;
        let records = RecordSeal {
            is_on: self.seal_records.unwrap_or(url.is_none() && keys.is_some()),
            keys,
        };
        if records.is_on && records.keys.is_none() {
            return Err(
                "store.seal_records is on without a key: expected seal_key_env or seal_key_file"
                    .into(),
            );
        }
        let Some(url) = url else {
            return Ok(match records.keys {
                None => before,
                Some(_) => (before.0, records),
            });
        };
        let seal_key = records.keys.as_ref().map(|keys| keys.current.clone());
        let seal_key = seal_key.ok_or(
            "store has no key to seal sessions with: expected seal_key_env or seal_key_file, \
             with 32 random bytes in base64, the same for all servers",
        )?;
        Ok((StoreConfig::Mongo { url, seal_key }, records))
    }
}

impl RecordSeal {
    /// The keys that records are sealed with; nothing if they are not.
    pub fn read(&self) -> Result<Option<Keyring>, StoreConfigError> {
        if self.is_on { self.any() } else { Ok(None) }
    }

    /// The keys, also if no records are to be sealed with them: for who opens what may be sealed.
    pub fn any(&self) -> Result<Option<Keyring>, StoreConfigError> {
        Ok(self.keys.as_ref().map(KeyConfig::read).transpose()?)
    }
}

impl StoreConfig {
    /// The URL of its database and the key; nothing for a file.
    pub fn read(&self) -> Result<Option<(String, SealKey)>, StoreConfigError> {
        let Self::Mongo { url, seal_key } = self else {
            return Ok(None);
        };
        let url = url.read()?;
        let key = seal_key.read().map_err(StoreConfigError::SealKey)?;
        Ok(Some((url, SealKey::parse(key.expose())?)))
    }

    /// The place, with the data folder for a file.
    pub fn place(&self, data: &Path) -> Result<StorePlace, StoreConfigError> {
        Ok(match self {
            Self::Sqlite => StorePlace::Sqlite(data.join(STORE_FILE)),
            Self::Mongo { url, .. } => StorePlace::Mongo(url.read()?),
        })
    }

    /// Where its secrets are.
    pub fn secrets(&self) -> Vec<&SecretSource> {
        match self {
            Self::Sqlite => Vec::new(),
            Self::Mongo { url, seal_key } => url.secret().into_iter().chain([seal_key]).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Config, *};

    fn read(text: &str) -> Result<StoreConfig, String> {
        let defaults = Config::defaults().unwrap();
        defaults
            .with(Path::new("conf/formhand.toml"), text)
            .map(|config| config.store)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn jobs_are_kept_in_a_file_unless_a_database_is_named() {
        assert_eq!(read("").unwrap(), StoreConfig::Sqlite);
        let text = "[store]\nurl_file = \"s/url\"\nseal_key_env = \"KEY\"\n";
        let expected = StoreConfig::Mongo {
            url: UrlSource::Secret(SecretSource::File("conf/s/url".into())),
            seal_key: SecretSource::Variable("KEY".into()),
        };
        assert_eq!(read(text).unwrap(), expected);
    }

    #[test]
    fn records_are_sealed_in_a_file_that_has_a_key_and_in_a_database_if_it_is_said() {
        let of = |text: &str| {
            let defaults = Config::defaults().unwrap();
            let config = defaults.with(Path::new("conf/formhand.toml"), text);
            config.unwrap().records
        };
        assert_eq!(of(""), RecordSeal::default());
        let file = of("[store]\nseal_key_file = \"s/key\"\nold_seal_key_files = [\"s/old\"]\n");
        let keys = KeyConfig {
            current: SecretSource::File("conf/s/key".into()),
            old: vec![SecretSource::File("conf/s/old".into())],
        };
        assert_eq!(
            file,
            RecordSeal {
                keys: Some(keys),
                is_on: true
            }
        );
        let database = "[store]\nurl = \"mongodb://h/formhand\"\nseal_key_env = \"KEY\"\n";
        assert!(!of(database).is_on);
        assert!(of(&format!("{database}seal_records = true\n")).is_on);
    }

    #[test]
    fn a_database_without_its_key_or_an_old_key_without_a_present_one_is_refused() {
        insta::assert_snapshot!(read("[store]\nurl = \"mongodb://h/formhand\"\n").unwrap_err(), @"conf/formhand.toml: store has no key to seal sessions with: expected seal_key_env or seal_key_file, with 32 random bytes in base64, the same for all servers");
        let error = read("[store]\nold_seal_key_envs = [\"KEY\"]\n").unwrap_err();
        insta::assert_snapshot!(error, @"conf/formhand.toml: store has old keys and no present one: expected seal_key_env or seal_key_file");
        let error = read("[store]\nseal_records = true\n").unwrap_err();
        insta::assert_snapshot!(error, @"conf/formhand.toml: store.seal_records is on without a key: expected seal_key_env or seal_key_file");
        insta::assert_snapshot!(read("[store]\nurl = \"sqlite://x\"\n").unwrap_err(), @r#"conf/formhand.toml: store.url is not valid: expected one such as "mongodb://127.0.0.1:27017/formhand?replicaSet=rs0"; without it, jobs are kept in a file of the data folder"#);
    }

    #[test]
    fn kf43_a_url_with_a_login_is_refused_and_not_repeated() {
        let refused =
            read("[store]\nurl = \"mongodb://me:correct-horse@h/formhand\"\n").unwrap_err();
        assert!(!refused.contains("correct"), "{refused}");
        insta::assert_snapshot!(refused, @r#"conf/formhand.toml: store.url holds a login, which must not stand in this file, as that is copied and shown around: use url_env = "VARIABLE" or url_file = "PATH""#);
    }
}
