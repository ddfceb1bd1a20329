//! The URL of a database, wherever it stands.

use std::path::PathBuf;

use formhand_domain::Secret;
use thiserror::Error;

use super::here::Here;
use super::secret::{SecretError, SecretSource};

/// Where the URL of a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlSource {
    /// In the configuration: it holds no password.
    Here(String),
    /// Elsewhere, as a secret.
    Secret(SecretSource),
}

/// A URL is not there, or is none.
#[derive(Debug, Error)]
pub enum UrlError {
    /// It is not there.
    #[error("no URL: {0}")]
    Missing(#[source] SecretError),
    /// What was read is no URL of MongoDB.
    #[error("a URL that is none: expected one that begins with mongodb:// or mongodb+srv://")]
    NotMongo,
}

/// The keys of a section that say where its URL is.
pub(super) struct UrlKeys {
    pub(super) url: Option<String>,
    pub(super) url_env: Option<String>,
    pub(super) url_file: Option<PathBuf>,
}

impl UrlKeys {
    /// Where the URL is; nothing if nothing is said. `what` is the section's name, `without` what it means that there is
    /// none.
    pub(super) fn source(
        self,
        what: &str,
        without: &str,
        folder: &Here,
    ) -> Result<Option<UrlSource>, String> {
        let elsewhere = secret_source(what, "url", self.url_env, self.url_file, folder)?;
        match (self.url, elsewhere) {
            (Some(_), Some(_)) => Err(format!(
                "{what} has url and url_env or url_file: expected one of them"
            )),
            (Some(url), None) => {
                without_password(url, what, without).map(|url| Some(UrlSource::Here(url)))
            }
            (None, source) => Ok(source.map(UrlSource::Secret)),
        }
    }
}

impl UrlSource {
    /// Reads the URL.
    pub fn read(&self) -> Result<String, UrlError> {
        let url = match self {
            Self::Here(url) => url.clone(),
            Self::Secret(source) => {
                let url = source.read().map_err(UrlError::Missing)?;
                Secret::expose(&url).to_owned()
            }
        };
        if is_mongo(&url) {
            Ok(url)
        } else {
            Err(UrlError::NotMongo)
        }
    }

    /// Where its secret is, if it is one.
    pub fn secret(&self) -> Option<&SecretSource> {
        match self {
            Self::Here(_) => None,
            Self::Secret(source) => Some(source),
        }
    }
}

/// Where a secret of a section is.
pub(super) fn secret_source(
    what: &str,
    name: &str,
    variable: Option<String>,
    file: Option<PathBuf>,
    folder: &Here,
) -> Result<Option<SecretSource>, String> {
    match (variable, file) {
        (Some(_), Some(_)) => Err(format!(
            "{what} has {name}_env and {name}_file: expected one of them"
        )),
        (Some(variable), None) => Ok(Some(SecretSource::Variable(variable))),
        (None, Some(file)) => Ok(Some(SecretSource::File(file).under(folder))),
        (None, None) => Ok(None),
    }
}

/// The URL, if it may stand in a file that is copied and shown around.
fn without_password(url: String, what: &str, without: &str) -> Result<String, String> {
    if !is_mongo(&url) {
        return Err(format!(
            "{what}.url is not valid: expected one such as \"mongodb://127.0.0.1:27017/formhand?replicaSet=rs0\"; \
             {without}"
        ));
    }
    if holds_login(&url) {
        return Err(format!(
            "{what}.url holds a login, which must not stand in this file, as that is copied and shown around: \
             use url_env = \"VARIABLE\" or url_file = \"PATH\""
        ));
    }
    Ok(url)
}

/// Whether a user name, and with it most often a password, stands in the URL.
pub(crate) fn holds_login(url: &str) -> bool {
    let host = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or_default();
    host.contains('@')
}

fn is_mongo(url: &str) -> bool {
    ["mongodb://", "mongodb+srv://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
}
