//! What several groups say.

use super::super::parameter::{Parameter, path, query};

/// A file of the examples.
macro_rules! example {
    ($name:literal) => {
        include_str!(concat!("../examples/", $name))
    };
}
pub(super) use example;

pub(super) fn portal() -> Parameter {
    path::<formhand_domain::PortalName>("portal", "The portal.")
}

pub(super) fn account() -> Parameter {
    path::<formhand_domain::AccountName>("name", "The account's name in the configuration.")
}

pub(super) fn job() -> Parameter {
    path::<formhand_domain::JobId>("id", "The job.")
}

/// How many entries a page has.
pub(super) fn limit() -> Parameter {
    let limits = serde_json::json!({"minimum": 1, "maximum": 500, "default": 50});
    query::<u32>("limit", "How many a page has at most.").more(limits)
}
