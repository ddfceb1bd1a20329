//! A record with what is said about it.

use std::fmt;

use formhand_domain::{AccountName, CallerId, FlowName, PortalName};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::strict;

/// A record and where it is to go. Portal, flow and account may be left out where there is only one.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "NewJob")]
pub struct Envelope {
    /// The portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal: Option<PortalName>,
    /// The flow of that portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<FlowName>,
    /// The account to file under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountName>,
    /// The caller's own id of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captcha_id: Option<CallerId>,
    /// The record, as the flow's schema has it.
    #[serde(deserialize_with = "strict::object")]
    #[schemars(with = "Map<String, Value>")]
    pub record: Map<String, Value>,
}

impl Envelope {
    /// A record about which nothing is said.
    pub fn of(record: Map<String, Value>) -> Self {
        Self {
            portal: None,
            flow: None,
            account: None,
            captcha_id: None,
            record,
        }
    }
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A record is personal data; `Debug` ends up in logs.
        f.debug_struct("Envelope")
            .field("portal", &self.portal)
            .finish_non_exhaustive()
    }
}
