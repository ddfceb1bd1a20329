//! The webhook in an address.

use formhand_domain::WebhookName;

use crate::{
    http::{ApiState, Problem, names::malformed},
    webhooks::WebhookSetup,
};

/// The webhook of this name, or a problem that says that there is none.
pub(super) fn find<'a>(state: &'a ApiState, name: &str) -> Result<&'a WebhookSetup, Problem> {
    let name = WebhookName::new(name).map_err(malformed)?;
    state.webhooks.setup(&name).ok_or_else(|| {
        let names: Vec<&str> = state.webhooks.names().map(WebhookName::as_str).collect();
        let known = match names.as_slice() {
            [] => "none is configured: add a [[webhooks]] block".to_owned(),
            names => format!("there is {}", names.join(", ")),
        };
        Problem::not_found("webhook", format!("there is no webhook {name}; {known}"))
    })
}

/// There is no such delivery.
pub(super) fn no_delivery(id: &str) -> Problem {
    let shown: String = id.chars().take(80).collect();
    Problem::not_found("delivery", format!("there is no delivery {shown:?}"))
}
