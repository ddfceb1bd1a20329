//! What a plain webhook gets. Its shape is told in `docs/ALERTS.md`.

use formhand_domain::{AccountName, NodeId, PortalName, WebhookName};
use jiff::Timestamp;
use serde::Serialize;

use crate::alerts::{Message, Said, Subject};

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    timestamp: Timestamp,
    data: Data<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    /// What the installation is called.
    name: &'a str,
    new: Vec<AlertView<'a>>,
    resolved: Vec<AlertView<'a>>,
    still_firing: Vec<AlertView<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AlertView<'a> {
    rule: &'static str,
    severity: &'static str,
    title: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    portal: Option<&'a PortalName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a AccountName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<&'a NodeId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook: Option<&'a WebhookName>,
    since: Timestamp,
    text: &'a str,
}

/// The body.
pub(super) fn body(message: &Message, from: &str) -> String {
    let body = Body {
        kind: if message.is_test {
            "formhand.alert.test"
        } else {
            "formhand.alert.changed"
        },
        timestamp: message.at,
        data: Data {
            name: from,
            new: message.news.iter().map(view).collect(),
            resolved: message.resolved.iter().map(view).collect(),
            still_firing: message.still.iter().map(view).collect(),
        },
    };
    // Names, times and texts are always JSON.
    serde_json::to_string(&body).unwrap_or_default()
}

fn view(said: &Said) -> AlertView<'_> {
    AlertView {
        rule: said.rule.as_str(),
        severity: said.rule.severity().as_str(),
        title: said.rule.title(),
        portal: said.subject.portal(),
        account: match &said.subject {
            Subject::Account(key) => Some(&key.account),
            _ => None,
        },
        server: match &said.subject {
            Subject::Server(node) => Some(node),
            _ => None,
        },
        webhook: match &said.subject {
            Subject::Webhook(name) => Some(name),
            _ => None,
        },
        since: said.since,
        text: &said.text,
    }
}
