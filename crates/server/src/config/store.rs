//! `[store]`: where jobs and sessions are kept.

use std::path::{Path, PathBuf};

use formhand_engine::{NotAKey, SealKey};
use formhand_store::StorePlace;
use serde::Deserialize;
use thiserror::Error;

use super::{
    mongo_url::{UrlError, UrlKeys, UrlSource, secret_source},
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
}

impl StoreSection {
    /// Puts what is written over what was known before, or says what is contradictory about it.
    pub(super) fn over(self, before: StoreConfig, folder: &Path) -> Result<StoreConfig, String> {
        let url = UrlKeys {
            url: self.url,
            url_env: self.url_env,
            url_file: self.url_file,
        };
        let without = "without it, jobs are kept in a file of the data folder";
        let url = url.source("store", without, folder)?;
        let (variable, file) = (self.seal_key_env, self.seal_key_file);
        let seal_key = secret_source("store", "seal_key", variable, file, folder)?;
        let Some(url) = url else {
            return match seal_key {
                None => Ok(before),
                Some(_) => {
                    Err("store has a key and no URL: expected url, url_env or url_file".into())
                }
            };
        };
        let seal_key = seal_key.ok_or(
            "store has no key to seal sessions with: expected seal_key_env or seal_key_file, \
             with 32 random bytes in base64, the same for all servers",
        )?;
        Ok(StoreConfig::Mongo { url, seal_key })
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
    fn a_database_without_its_key_or_a_key_without_its_database_is_refused() {
        insta::assert_snapshot!(read("[store]\nurl = \"mongodb://h/formhand\"\n").unwrap_err(), @"conf/formhand.toml: store has no key to seal sessions with: expected seal_key_env or seal_key_file, with 32 random bytes in base64, the same for all servers");
        insta::assert_snapshot!(read("[store]\nseal_key_env = \"KEY\"\n").unwrap_err(), @"conf/formhand.toml: store has a key and no URL: expected url, url_env or url_file");
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
