//! A silence as a client sees it.

use formhand_domain::{AccountName, NodeId, PortalName, WebhookName};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::openapi::Time;
use crate::alerts::{RuleName, Silence, Subject};

/// What an alert or a silence is about. Nothing of it is everything.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AlertSubject")]
pub(crate) struct SubjectView {
    /// A portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) portal: Option<PortalName>,
    /// An account of that portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) account: Option<AccountName>,
    /// A server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) server: Option<NodeId>,
    /// A webhook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) webhook: Option<WebhookName>,
}

/// What is not told for a while.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Silence")]
pub(crate) struct SilenceView {
    /// Its identity.
    pub(crate) id: String,
    /// Null is every rule.
    pub(crate) rule: Option<RuleName>,
    /// What is not told.
    pub(crate) about: SubjectView,
    /// When it ends.
    #[schemars(with = "Time")]
    pub(crate) until: Timestamp,
    /// Why.
    pub(crate) reason: String,
    /// Who made it.
    pub(crate) by: String,
    /// When it was made.
    #[schemars(with = "Time")]
    pub(crate) made_at: Timestamp,
}

impl From<&Subject> for SubjectView {
    fn from(subject: &Subject) -> Self {
        Self {
            portal: subject.portal().cloned(),
            account: match subject {
                Subject::Account(key) => Some(key.account.clone()),
                _ => None,
            },
            server: match subject {
                Subject::Server(node) => Some(node.clone()),
                _ => None,
            },
            webhook: match subject {
                Subject::Webhook(name) => Some(name.clone()),
                _ => None,
            },
        }
    }
}

impl std::fmt::Display for SubjectView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.portal, &self.account, &self.server, &self.webhook) {
            (Some(portal), Some(account), ..) => write!(f, "{portal}/{account}"),
            (Some(portal), None, ..) => portal.fmt(f),
            (None, _, Some(server), _) => server.fmt(f),
            (None, _, None, Some(webhook)) => webhook.fmt(f),
            _ => f.write_str("everything"),
        }
    }
}

impl From<Silence> for SilenceView {
    fn from(silence: Silence) -> Self {
        Self {
            id: silence.id,
            rule: silence.rule,
            about: (&silence.subject).into(),
            until: silence.until,
            reason: silence.reason,
            by: silence.by,
            made_at: silence.made_at,
        }
    }
}
