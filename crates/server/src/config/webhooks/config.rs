//! A webhook, its secrets elsewhere.

use std::{
    collections::BTreeSet,
    net::{Ipv4Addr, Ipv6Addr},
    sync::Arc,
};

use formhand_domain::{FlowName, PortalName, WebhookName};
use formhand_portal::Portal;
use url::{Host, Url};

use super::error::{WebhookConfigError, WebhookLack};
use crate::{
    config::SecretSource,
    post::SigningKey,
    webhooks::{EventKind, WebhookSetup, WebhooksSetup, place},
};

/// More are never needed: one takes the place of another.
const MOST_KEYS: usize = 2;

/// All webhooks.
#[derive(Debug, Clone, Default)]
pub struct WebhooksConfig(pub Vec<WebhookConfig>);

/// A webhook, its secrets elsewhere.
#[derive(Debug, Clone)]
pub struct WebhookConfig {
    /// Its name.
    pub name: WebhookName,
    pub(super) url: Place,
    pub(super) secret: SecretSource,
    pub(super) events: BTreeSet<EventKind>,
    pub(super) portals: BTreeSet<PortalName>,
    pub(super) flows: BTreeSet<FlowName>,
    /// Whether it is told anything.
    pub enabled: bool,
    pub(super) allow_http: bool,
}

/// Where an address is.
#[derive(Debug, Clone)]
pub(super) enum Place {
    Here(Url),
    Elsewhere(SecretSource),
}

impl WebhooksConfig {
    /// All that webhooks need, with the secrets that the configuration points to.
    pub fn setup(&self, portals: &[Arc<Portal>]) -> Result<WebhooksSetup, WebhookConfigError> {
        let webhooks = self.0.iter().map(|webhook| {
            webhook.check_names(portals)?;
            webhook.setup()
        });
        Ok(WebhooksSetup {
            webhooks: webhooks.collect::<Result<_, _>>()?,
            ..WebhooksSetup::default()
        })
    }
}

impl WebhookConfig {
    /// The webhook with its secrets.
    pub fn setup(&self) -> Result<WebhookSetup, WebhookConfigError> {
        let (url, keys) = self.secret_parts().map_err(|why| self.lacks(why))?;
        Ok(WebhookSetup {
            name: self.name.clone(),
            url,
            keys,
            events: self.events.clone(),
            portals: self.portals.clone(),
            flows: self.flows.clone(),
            enabled: self.enabled,
        })
    }

    /// Whether the portals and flows that it names are defined.
    pub fn check_names(&self, portals: &[Arc<Portal>]) -> Result<(), WebhookConfigError> {
        let known: Vec<&PortalName> = portals.iter().map(|portal| &portal.name).collect();
        if let Some(unknown) = self.portals.iter().find(|name| !known.contains(name)) {
            return Err(self.lacks(WebhookLack::UnknownPortal {
                portal: unknown.to_string(),
                known: listed(known),
            }));
        }
        let is_its =
            |portal: &&Arc<Portal>| self.portals.is_empty() || self.portals.contains(&portal.name);
        let its = portals.iter().filter(is_its);
        let flows: BTreeSet<&FlowName> = its.flat_map(|portal| portal.flows.keys()).collect();
        match self.flows.iter().find(|name| !flows.contains(name)) {
            None => Ok(()),
            Some(unknown) => Err(self.lacks(WebhookLack::UnknownFlow {
                flow: unknown.to_string(),
                known: listed(flows),
            })),
        }
    }

    /// Where its secrets are.
    pub fn secrets(&self) -> Vec<&SecretSource> {
        match &self.url {
            Place::Here(_) => vec![&self.secret],
            Place::Elsewhere(url) => vec![url, &self.secret],
        }
    }

    /// Where it goes, without a secret.
    pub fn described(&self) -> String {
        match &self.url {
            Place::Here(url) => place(url),
            Place::Elsewhere(_) => "an address that is a secret".to_owned(),
        }
    }

    fn secret_parts(&self) -> Result<(Url, Vec<SigningKey>), WebhookLack> {
        let url = match &self.url {
            Place::Here(url) => url.clone(),
            Place::Elsewhere(source) => {
                let text = source.read()?;
                let url = text.expose().trim().parse();
                url.map_err(|_| WebhookLack::NotAnAddress)?
            }
        };
        check_address(&url, self.allow_http)?;
        let secret = self.secret.read()?;
        let keys: Vec<SigningKey> = secret
            .expose()
            .split_whitespace()
            .map(|key| SigningKey::parse(&formhand_domain::Secret::new(key)))
            .collect::<Result<_, _>>()?;
        match keys.len() {
            0 => Err(WebhookLack::NotAKey(crate::post::WrongKey)),
            1..=MOST_KEYS => Ok((url, keys)),
            many => Err(WebhookLack::TooManyKeys(many)),
        }
    }

    fn lacks(&self, why: WebhookLack) -> WebhookConfigError {
        let webhook = self.name.clone();
        WebhookConfigError { webhook, why }
    }
}

/// Whether messages may go there.
pub(super) fn check_address(url: &Url, allow_http: bool) -> Result<(), WebhookLack> {
    if !url.has_host() {
        return Err(WebhookLack::NotAnAddress);
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" if allow_http || is_here(url) => Ok(()),
        "http" => Err(WebhookLack::InTheClear),
        _ => Err(WebhookLack::NotAnAddress),
    }
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => Ipv4Addr::is_loopback(&ip),
        Some(Host::Ipv6(ip)) => Ipv6Addr::is_loopback(&ip),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn listed<T: ToString>(names: impl IntoIterator<Item = T>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| name.to_string()).collect();
    names.join(", ")
}
