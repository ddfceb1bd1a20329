//! A webhook as the API shows it: neither its whole address nor its secrets.

use std::collections::BTreeSet;

use formhand_domain::{FlowName, PortalName, WebhookName};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::webhooks::Known;

use crate::http::openapi::Time;

/// A webhook.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Webhook")]
pub(crate) struct WebhookView {
    /// Its name in the configuration.
    pub(crate) name: WebhookName,
    /// Scheme, host and port of its address; the rest may be a secret.
    pub(crate) to: String,
    /// `ok`, `failing`, `off` after it has answered 410 Gone, `disabled` by the configuration, or `unused` before its first
    /// message.
    #[schemars(extend("enum" = ["ok", "failing", "off", "disabled", "unused"]))]
    pub(crate) state: String,
    /// What it is told.
    pub(crate) events: Vec<String>,
    /// Only of these portals; of all if there is none.
    pub(crate) portals: BTreeSet<PortalName>,
    /// Only of these flows; of all if there is none.
    pub(crate) flows: BTreeSet<FlowName>,
    /// Messages that it has not taken yet.
    pub(crate) pending: u64,
    /// Messages that it has taken, as far as they are kept.
    pub(crate) delivered: u64,
    /// Messages that were given up, as far as they are kept.
    pub(crate) failed: u64,
    /// When the oldest message was made that it has not taken yet.
    #[schemars(with = "Option<Time>")]
    pub(crate) oldest_pending_at: Option<Timestamp>,
    /// When it last took a message.
    #[schemars(with = "Option<Time>")]
    pub(crate) delivered_at: Option<Timestamp>,
    /// Since when it takes none.
    #[schemars(with = "Option<Time>")]
    pub(crate) failing_since: Option<Timestamp>,
    /// Since when it is switched off.
    #[schemars(with = "Option<Time>")]
    pub(crate) off_since: Option<Timestamp>,
    /// What was the matter first when it took none, or why it is off.
    pub(crate) said: Option<String>,
}

impl From<Known> for WebhookView {
    fn from(known: Known) -> Self {
        let of = |state: &str| known.counts.iter().find(|count| count.state == state);
        let count = |state: &str| of(state).map_or(0, |count| count.count);
        let delivered_at = of("delivered").and_then(|count| count.last_ended_at);
        let stands = known.webhook.as_ref().map(|webhook| &webhook.state);
        let off = stands.and_then(|state| state.off.as_ref());
        let failing = stands.and_then(|state| state.failing.as_ref());
        let state = match (known.setup.enabled, off, failing, delivered_at) {
            (false, ..) => "disabled",
            (_, Some(_), ..) => "off",
            (_, _, Some(_), _) => "failing",
            (.., Some(_)) => "ok",
            _ => "unused",
        };
        let said = off.map(|off| &off.said);
        let said = said.or(failing.map(|failing| &failing.said));
        Self {
            to: known.setup.place(),
            state: state.to_owned(),
            events: known.setup.events.iter().map(ToString::to_string).collect(),
            pending: count("pending"),
            delivered: count("delivered"),
            failed: count("failed"),
            oldest_pending_at: of("pending").map(|count| count.oldest_made_at),
            delivered_at,
            failing_since: failing.map(|failing| failing.since),
            off_since: off.map(|off| off.at),
            said: said.cloned(),
            name: known.setup.name,
            portals: known.setup.portals,
            flows: known.setup.flows,
        }
    }
}
