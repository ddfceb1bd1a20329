//! What a server is told of webhooks at its start, secrets included.

use std::{collections::BTreeSet, fmt, time::Duration};

use formhand_domain::{FlowName, PortalName, WebhookName};
use jiff::SignedDuration;
use url::Url;

use super::EventKind;
use crate::post::SigningKey;

/// As the Standard Webhooks specification suggests, 15 to 30 seconds.
pub const LIMIT: Duration = Duration::from_secs(20);

/// All webhooks, and how long their messages are kept.
#[derive(Debug, Clone)]
pub struct WebhooksSetup {
    /// The webhooks.
    pub webhooks: Vec<WebhookSetup>,
    /// A try that takes longer has not worked: from the name's resolution to the head of the answer. At most [`LIMIT`].
    pub limit: Duration,
    /// How long a message is kept that was taken.
    pub keep_delivered: SignedDuration,
    /// How long one is kept that was given up.
    pub keep_failed: SignedDuration,
}

impl Default for WebhooksSetup {
    fn default() -> Self {
        Self {
            webhooks: Vec::new(),
            limit: LIMIT,
            keep_delivered: SignedDuration::from_hours(24 * 7),
            keep_failed: SignedDuration::from_hours(24 * 30),
        }
    }
}

/// An address that is told.
#[derive(Clone)]
pub struct WebhookSetup {
    /// Its name.
    pub name: WebhookName,
    /// The address, which may hold a secret.
    pub url: Url,
    /// What its messages are signed with: each of them, so that a secret can be changed.
    pub keys: Vec<SigningKey>,
    /// What it is told.
    pub events: BTreeSet<EventKind>,
    /// Only of these portals; of all if there is none.
    pub portals: BTreeSet<PortalName>,
    /// Only of these flows; of all if there is none.
    pub flows: BTreeSet<FlowName>,
    /// Whether it is told anything.
    pub enabled: bool,
}

impl WebhookSetup {
    /// Where it goes, without what may be a secret.
    pub fn place(&self) -> String {
        place(&self.url)
    }

    pub(super) fn wants(
        &self,
        kind: EventKind,
        portal: &PortalName,
        flow: Option<&FlowName>,
    ) -> bool {
        let of_flow = |flow| self.flows.is_empty() || self.flows.contains(flow);
        self.events.contains(&kind)
            && (self.portals.is_empty() || self.portals.contains(portal))
            && flow.is_none_or(of_flow)
    }
}

/// Scheme, host and port.
pub(crate) fn place(url: &Url) -> String {
    url.origin().ascii_serialization()
}

impl fmt::Debug for WebhookSetup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSetup")
            .field("name", &self.name)
            .field("events", &self.events)
            .field("enabled", &self.enabled)
            .finish_non_exhaustive()
    }
}
