//! `[evidence]`: what is kept of attempts, and where it goes.

use std::path::PathBuf;

use formhand_engine::{Keeping, OnSuccess};
use formhand_evidence::{Remote, RemoteError, RemoteSetup};
use serde::Deserialize;
use thiserror::Error;
use url::Url;

use super::here::Here;
use super::{
    mongo_url::secret_source,
    secret::{SecretError, SecretSource},
};

/// The section as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct EvidenceSection {
    on_success: Option<OnSuccessText>,
    network_log: Option<bool>,
    url: Option<String>,
    endpoint: Option<String>,
    certificate_file: Option<PathBuf>,
    region: Option<String>,
    access_key_id_env: Option<String>,
    access_key_id_file: Option<PathBuf>,
    secret_access_key_env: Option<String>,
    secret_access_key_file: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum OnSuccessText {
    Nothing,
    Picture,
    All,
}

/// What is kept of attempts, and where it goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceConfig {
    /// What is kept.
    pub keeping: Keeping,
    /// The object storage that it goes to once its job has ended; nothing leaves it in the data folder.
    pub remote: Option<RemoteConfig>,
}

/// Object storage, and where the key to it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteConfig {
    bucket: String,
    prefix: String,
    endpoint: Option<Url>,
    certificates: Option<PathBuf>,
    region: String,
    access_key_id: SecretSource,
    secret_access_key: SecretSource,
}

/// Object storage cannot be used.
#[derive(Debug, Error)]
pub enum RemoteConfigError {
    /// A part of the key is not there.
    #[error("evidence has no {what}: {source}")]
    Secret {
        /// Which.
        what: &'static str,
        /// Why.
        source: SecretError,
    },
    /// What is said of it cannot be.
    #[error(transparent)]
    Remote(#[from] RemoteError),
}

/// What servers that are not AWS call theirs, mostly.
const USUAL_REGION: &str = "us-east-1";

impl EvidenceSection {
    /// Puts what is written over what was known before, or says what is contradictory about it.
    pub(super) fn over(
        self,
        before: EvidenceConfig,
        folder: &Here,
    ) -> Result<EvidenceConfig, String> {
        let on_success = match self.on_success {
            None => before.keeping.on_success,
            Some(OnSuccessText::Nothing) => OnSuccess::Nothing,
            Some(OnSuccessText::Picture) => OnSuccess::Picture,
            Some(OnSuccessText::All) => OnSuccess::All,
        };
        let keeping = Keeping {
            on_success,
            network_log: self.network_log.unwrap_or(before.keeping.network_log),
        };
        let remote = self.remote(folder)?.or(before.remote);
        Ok(EvidenceConfig { keeping, remote })
    }

    fn remote(self, folder: &Here) -> Result<Option<RemoteConfig>, String> {
        let key = |name, variable, file| secret_source("evidence", name, variable, file, folder);
        let access_key_id = key(
            "access_key_id",
            self.access_key_id_env,
            self.access_key_id_file,
        )?;
        let secret_access_key = key(
            "secret_access_key",
            self.secret_access_key_env,
            self.secret_access_key_file,
        )?;
        let Some(url) = self.url else {
            let said = self.endpoint.is_some()
                || self.certificate_file.is_some()
                || self.region.is_some()
                || access_key_id.is_some()
                || secret_access_key.is_some();
            if said {
                return Err(
                    "evidence has object storage without a url: expected one such as \
                            \"s3://bucket/prefix\""
                        .to_owned(),
                );
            }
            return Ok(None);
        };
        let (bucket, prefix) = bucket_of(&url).ok_or(
            "evidence.url is not valid: expected a bucket and what its keys begin with, such as \
             \"s3://bucket/prefix\"",
        )?;
        let endpoint = self.endpoint.as_deref().map(endpoint).transpose()?;
        let lacks =
            |name: &str| format!("evidence has no {name}: expected {name}_env or {name}_file");
        Ok(Some(RemoteConfig {
            bucket,
            prefix,
            endpoint,
            certificates: self.certificate_file.map(|file| folder.join(file)),
            region: self.region.unwrap_or_else(|| USUAL_REGION.to_owned()),
            access_key_id: access_key_id.ok_or_else(|| lacks("access_key_id"))?,
            secret_access_key: secret_access_key.ok_or_else(|| lacks("secret_access_key"))?,
        }))
    }
}

fn bucket_of(url: &str) -> Option<(String, String)> {
    let (bucket, prefix) = match url.strip_prefix("s3://")?.split_once('/') {
        Some((bucket, prefix)) => (bucket, prefix),
        None => (url.strip_prefix("s3://")?, ""),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let valid = !bucket.is_empty()
        && bucket.chars().all(plain)
        && prefix.chars().all(|c| plain(c) || c == '/');
    valid.then(|| (bucket.to_owned(), prefix.trim_matches('/').to_owned()))
}

fn endpoint(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok();
    let url = url.filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
    });
    url.ok_or_else(|| {
        "evidence.endpoint is not valid: expected the server's address without a login, such as \
         \"https://s3.example.com\""
            .to_owned()
    })
}

impl RemoteConfig {
    /// The object storage, with its key read.
    pub fn read(&self) -> Result<Remote, RemoteConfigError> {
        let read = |what, source: &SecretSource| {
            source
                .read()
                .map_err(|source| RemoteConfigError::Secret { what, source })
        };
        Ok(Remote::new(&RemoteSetup {
            bucket: self.bucket.clone(),
            prefix: self.prefix.clone(),
            endpoint: self.endpoint.clone(),
            certificates: self.certificates.clone(),
            region: self.region.clone(),
            access_key_id: read("access key", &self.access_key_id)?,
            secret_access_key: read("secret key", &self.secret_access_key)?,
        })?)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{super::Config, *};

    fn read(text: &str) -> Result<EvidenceConfig, String> {
        let defaults = Config::defaults().unwrap();
        let config = defaults.with(Path::new("conf/formhand.toml"), text);
        config
            .map(|config| config.evidence)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_kept_is_the_engines_own_default_or_as_said() {
        assert_eq!(read("").unwrap(), EvidenceConfig::default());
        let all = read("[evidence]\non_success = \"all\"\nnetwork_log = false\n").unwrap();
        let expected = Keeping {
            on_success: OnSuccess::All,
            network_log: false,
        };
        assert_eq!(all.keeping, expected);
        let mistake = read("[evidence]\non_success = \"some\"\n").unwrap_err();
        assert!(
            mistake.contains("expected one of `nothing`, `picture`, `all`"),
            "{mistake}"
        );
    }

    #[test]
    fn object_storage_has_a_bucket_and_a_key_that_stands_elsewhere() {
        let key = "access_key_id_env = \"ID\"\nsecret_access_key_file = \"s/key\"\n";
        let text =
            format!("[evidence]\nurl = \"s3://kept/of/us/\"\nendpoint = \"http://h:9\"\n{key}");
        let remote = read(&text).unwrap().remote.unwrap();
        assert_eq!(
            (remote.bucket.as_str(), remote.prefix.as_str()),
            ("kept", "of/us")
        );
        assert_eq!(
            remote.secret_access_key,
            SecretSource::File("conf/s/key".into())
        );
        let mistakes = [
            "url = \"s3://kept\"\nendpoint = \"http://h\"\n".to_owned(),
            key.to_owned(),
            format!("url = \"https://kept\"\n{key}"),
            format!("url = \"s3://kept\"\nendpoint = \"http://me:correct@h\"\n{key}"),
        ]
        .map(|text| read(&format!("[evidence]\n{text}")).unwrap_err());
        insta::assert_snapshot!(mistakes.join("\n"), @r#"
        conf/formhand.toml: evidence has no access_key_id: expected access_key_id_env or access_key_id_file
        conf/formhand.toml: evidence has object storage without a url: expected one such as "s3://bucket/prefix"
        conf/formhand.toml: evidence.url is not valid: expected a bucket and what its keys begin with, such as "s3://bucket/prefix"
        conf/formhand.toml: evidence.endpoint is not valid: expected the server's address without a login, such as "https://s3.example.com"
        "#);
    }
}
