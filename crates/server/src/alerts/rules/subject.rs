//! What an alert is about.

use std::fmt;

use formhand_domain::{AccountKey, NodeId, PortalName, WebhookName};
use serde::{Deserialize, Serialize};

/// What an alert is about. Names of the configuration only, so that nothing personal can be part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The whole of it.
    Everything,
    /// A portal, with all of its accounts.
    Portal(PortalName),
    /// An account.
    Account(AccountKey),
    /// A server.
    Server(NodeId),
    /// A webhook.
    Webhook(WebhookName),
}

impl Subject {
    /// Whether this is the other one, or the other one is part of it.
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Everything, _) => true,
            (Self::Portal(portal), Self::Account(account)) => *portal == account.portal,
            _ => self == other,
        }
    }

    /// Its portal, if it has one.
    pub fn portal(&self) -> Option<&PortalName> {
        match self {
            Self::Portal(portal) => Some(portal),
            Self::Account(account) => Some(&account.portal),
            Self::Everything | Self::Server(_) | Self::Webhook(_) => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("everything"),
            Self::Portal(portal) => portal.fmt(f),
            Self::Account(account) => account.fmt(f),
            Self::Server(node) => node.fmt(f),
            Self::Webhook(webhook) => webhook.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_covers_what_is_part_of_it() {
        let name = PortalName::new("practice").unwrap();
        let account = Subject::Account(AccountKey {
            portal: name.clone(),
            account: formhand_domain::AccountName::new("main").unwrap(),
        });
        let portal = Subject::Portal(name);
        assert!(Subject::Everything.covers(&account) && portal.covers(&account));
        let server = Subject::Server(NodeId::new("node-a").unwrap());
        assert!(!account.covers(&portal) && !server.covers(&portal));
    }
}
