//! `[[alerts.slack]]` and `[[alerts.webhook]]`, and what all channels have in common.

use std::path::PathBuf;

use serde::Deserialize;
use thiserror::Error;
use url::Url;

use super::mail::MailConfig;
use crate::config::here::Here;
use crate::{
    alerts::{ChannelKind, ChannelSetup, SigningKey, WrongKey},
    config::{
        mongo_url::secret_source,
        secret::{SecretError, SecretSource},
        text::Text,
    },
};

/// A Slack webhook as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SlackSection {
    name: String,
    url_env: Option<String>,
    url_file: Option<PathBuf>,
}

/// A plain webhook as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WebhookSection {
    name: String,
    url: Option<Text<Url>>,
    url_env: Option<String>,
    url_file: Option<PathBuf>,
    secret_env: Option<String>,
    secret_file: Option<PathBuf>,
}

/// A channel, its secrets elsewhere.
#[derive(Debug, Clone)]
pub struct AlertChannelConfig {
    /// Its name.
    pub name: String,
    pub(super) kind: Kind,
}

/// What a channel is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Mail(MailConfig),
    Slack { url: SecretSource },
    Webhook { url: Place, secret: SecretSource },
}

/// Where an address is.
#[derive(Debug, Clone)]
pub(super) enum Place {
    Here(Url),
    Elsewhere(SecretSource),
}

/// What a channel needs is not there, or is none.
#[derive(Debug, Error)]
#[error("alert channel {channel} has {why}")]
pub struct AlertChannelError {
    /// The channel.
    pub channel: String,
    /// Why.
    pub why: Lack,
}

/// What is missing.
#[derive(Debug, Error)]
pub enum Lack {
    /// A secret is not there.
    #[error("no secret: {0}")]
    Secret(#[from] SecretError),
    /// What was read is no address. It is not repeated, as it may be a secret.
    #[error("an address that is none: expected one that begins with https:// or http://")]
    NotAnAddress,
    /// What was read is no key.
    #[error("a signing secret that is none: {0}")]
    NotAKey(#[from] WrongKey),
}

impl SlackSection {
    pub(super) fn resolve(self, folder: &Here) -> Result<AlertChannelConfig, String> {
        let name = named(self.name)?;
        let what = format!("alert channel {name}");
        let url = secret_source(&what, "url", self.url_env, self.url_file, folder)?;
        let url = url.ok_or_else(|| {
            format!("{what} has no address, which is a secret: expected url_env or url_file")
        })?;
        Ok(AlertChannelConfig {
            name,
            kind: Kind::Slack { url },
        })
    }
}

impl WebhookSection {
    pub(super) fn resolve(self, folder: &Here) -> Result<AlertChannelConfig, String> {
        let name = named(self.name)?;
        let what = format!("alert channel {name}");
        let elsewhere = secret_source(&what, "url", self.url_env, self.url_file, folder)?;
        let url = match (self.url, elsewhere) {
            (Some(Text(url)), None) => {
                check(&url).map_err(|why| format!("{what} has {why}"))?;
                Place::Here(url)
            }
            (None, Some(source)) => Place::Elsewhere(source),
            _ => return Err(format!("{what} needs one of url, url_env and url_file")),
        };
        let (variable, file) = (self.secret_env, self.secret_file);
        let secret = secret_source(&what, "secret", variable, file, folder)?;
        let secret = secret.ok_or_else(|| {
            format!(
                "{what} has nothing to sign with: expected secret_env or secret_file, with whsec_…"
            )
        })?;
        Ok(AlertChannelConfig {
            name,
            kind: Kind::Webhook { url, secret },
        })
    }
}

impl AlertChannelConfig {
    /// The channel with its secrets.
    pub fn setup(&self) -> Result<ChannelSetup, AlertChannelError> {
        let kind = self.kind().map_err(|why| AlertChannelError {
            channel: self.name.clone(),
            why,
        })?;
        Ok(ChannelSetup {
            name: self.name.clone(),
            kind,
        })
    }

    fn kind(&self) -> Result<ChannelKind, Lack> {
        Ok(match &self.kind {
            Kind::Mail(mail) => ChannelKind::Mail(mail.setup()?),
            Kind::Slack { url } => ChannelKind::Slack { url: read(url)? },
            Kind::Webhook { url, secret } => ChannelKind::Webhook {
                url: match url {
                    Place::Here(url) => url.clone(),
                    Place::Elsewhere(source) => read(source)?,
                },
                key: SigningKey::parse(&secret.read()?)?,
            },
        })
    }

    /// Where its secrets are.
    pub fn secrets(&self) -> Vec<&SecretSource> {
        match &self.kind {
            Kind::Mail(mail) => mail.secret().into_iter().collect(),
            Kind::Slack { url } => vec![url],
            Kind::Webhook { url, secret } => match url {
                Place::Here(_) => vec![secret],
                Place::Elsewhere(url) => vec![url, secret],
            },
        }
    }

    /// What it is and where it goes, without a secret.
    pub fn described(&self) -> String {
        match &self.kind {
            Kind::Mail(mail) => format!("mail over {}", mail.place()),
            Kind::Slack { .. } => "a webhook as Slack's".to_owned(),
            Kind::Webhook { .. } => "a signed webhook".to_owned(),
        }
    }
}

/// The name of a channel, if it is one.
pub(super) fn named(name: String) -> Result<String, String> {
    let fits = (1..=40).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits {
        return Ok(name);
    }
    let shown: String = name.chars().take(40).collect();
    Err(format!(
        "alert channel {shown:?} is not valid: expected 1 to 40 lower-case letters, digits and hyphens"
    ))
}

fn read(source: &SecretSource) -> Result<Url, Lack> {
    let text = source.read()?;
    let url: Url = text.expose().parse().map_err(|_| Lack::NotAnAddress)?;
    is_http(&url).then_some(url).ok_or(Lack::NotAnAddress)
}

fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "https" | "http") && url.has_host()
}

fn check(url: &Url) -> Result<(), &'static str> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "a login in its url, which must not stand in this file, as that is copied and shown around: use \
             url_env = \"VARIABLE\" or url_file = \"PATH\"",
        );
    }
    is_http(url)
        .then_some(())
        .ok_or("an address that is none: expected one that begins with https:// or http://")
}
