//! A webhook as written.

use std::{collections::BTreeSet, path::PathBuf, str::FromStr};

use formhand_domain::{FlowName, PortalName, WebhookName};
use serde::{Deserialize, Deserializer, de};
use url::Url;

use super::config::{Place, WebhookConfig, check_address};
use crate::config::here::Here;
use crate::{
    config::{mongo_url::secret_source, text::Text},
    webhooks::EventKind,
};

/// A webhook as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct WebhookSection {
    name: WebhookName,
    url: Option<Text<Url>>,
    url_env: Option<String>,
    url_file: Option<PathBuf>,
    secret_env: Option<String>,
    secret_file: Option<PathBuf>,
    events: Option<Vec<Events>>,
    #[serde(default)]
    portals: BTreeSet<PortalName>,
    #[serde(default)]
    flows: BTreeSet<FlowName>,
    #[serde(default = "yes")]
    enabled: bool,
    #[serde(default)]
    allow_http: bool,
    // Known only to be refused with the reason.
    #[serde(default)]
    #[expect(dead_code, reason = "it can never be there: reading it is an error")]
    secret: Option<NeverHere>,
}

fn yes() -> bool {
    true
}

impl WebhookSection {
    /// The webhook, or what is contradictory about it.
    pub(in crate::config) fn resolve(self, folder: &Here) -> Result<WebhookConfig, String> {
        let what = format!("webhook {}", self.name);
        let elsewhere = secret_source(&what, "url", self.url_env, self.url_file, folder)?;
        let url = match (self.url, elsewhere) {
            (Some(Text(url)), None) => {
                check_address(&url, self.allow_http)
                    .map_err(|lack| format!("{what} has {lack}"))?;
                if !url.username().is_empty() || url.password().is_some() {
                    return Err(format!(
                        "{what} has a login in its url, which must not stand in this file, as that is copied and \
                         shown around: use url_env = \"VARIABLE\" or url_file = \"PATH\""
                    ));
                }
                Place::Here(url)
            }
            (None, Some(source)) => Place::Elsewhere(source),
            _ => return Err(format!("{what} needs one of url, url_env and url_file")),
        };
        let secret = secret_source(&what, "secret", self.secret_env, self.secret_file, folder)?;
        let secret = secret.ok_or_else(|| {
            format!(
                "{what} has nothing to sign with: expected secret_env or secret_file, with whsec_…"
            )
        })?;
        let events: BTreeSet<EventKind> = match self.events {
            None => EventKind::usual().collect(),
            Some(events) => events.into_iter().flat_map(|Events(kinds)| kinds).collect(),
        };
        if events.is_empty() {
            return Err(format!(
                "{what} is told nothing: expected some events, or enabled = false"
            ));
        }
        Ok(WebhookConfig {
            name: self.name,
            url,
            secret,
            events,
            portals: self.portals,
            flows: self.flows,
            enabled: self.enabled,
            allow_http: self.allow_http,
        })
    }
}

/// An event by its name, or all of them.
struct Events(Vec<EventKind>);

impl<'de> Deserialize<'de> for Events {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "*" {
            return Ok(Self(EventKind::all().collect()));
        }
        let kind = EventKind::from_str(&text).map_err(de::Error::custom)?;
        Ok(Self(vec![kind]))
    }
}

/// Whatever is written in its place is not read, and not repeated.
struct NeverHere;

impl<'de> Deserialize<'de> for NeverHere {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        de::IgnoredAny::deserialize(deserializer)?;
        Err(de::Error::custom(
            "a secret must not stand in this file, which is copied and shown around: use secret_env = \"VARIABLE\" or \
             secret_file = \"PATH\"",
        ))
    }
}
