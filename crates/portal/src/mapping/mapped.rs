//! What a document became.

use std::fmt;

use formhand_domain::{AccountName, CallerId, FlowName, PortalName};
use serde_json::{Map, Value};

/// A record and where it is to go. The flow's schema has not judged it yet.
#[derive(Clone, PartialEq)]
pub struct Mapped {
    /// The portal.
    pub portal: PortalName,
    /// The flow of that portal.
    pub flow: FlowName,
    /// The account that files it.
    pub account: AccountName,
    /// The document's own id.
    pub caller_id: CallerId,
    /// The record, its fields in the order of the mapping.
    pub record: Map<String, Value>,
}

impl fmt::Debug for Mapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A record is personal data; `Debug` ends up in logs.
        f.debug_struct("Mapped")
            .field("portal", &self.portal)
            .field("flow", &self.flow)
            .field("account", &self.account)
            .field("caller_id", &self.caller_id)
            .finish_non_exhaustive()
    }
}
