//! A silence as a client sees it.

use formhand_domain::{AccountName, NodeId, PortalName};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::alerts::{RuleName, Silence, Subject};

/// What an alert or a silence is about. Nothing of it is everything.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct SubjectView {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) portal: Option<PortalName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) account: Option<AccountName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) server: Option<NodeId>,
}

/// What is not told for a while.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SilenceView {
    pub(crate) id: String,
    /// Null is every rule.
    pub(crate) rule: Option<RuleName>,
    pub(crate) about: SubjectView,
    pub(crate) until: Timestamp,
    pub(crate) reason: String,
    pub(crate) by: String,
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
        }
    }
}

impl std::fmt::Display for SubjectView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.portal, &self.account, &self.server) {
            (Some(portal), Some(account), _) => write!(f, "{portal}/{account}"),
            (Some(portal), None, _) => portal.fmt(f),
            (None, _, Some(server)) => server.fmt(f),
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
