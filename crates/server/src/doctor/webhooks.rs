//! The webhooks, as far as the configuration tells. Nothing is sent.

use super::{Check, accounts::open_to_others, accounts::place};
use crate::{
    config::{Config, WebhookConfig},
    serving::load_portals,
    webhooks::EventKind,
};

/// A line for each webhook. Without one nobody misses anything.
pub(super) fn check(config: &Config) -> Vec<Check> {
    let webhooks = &config.webhooks.0;
    if webhooks.is_empty() {
        return Vec::new();
    }
    // That definitions cannot be read is said elsewhere.
    let portals = load_portals(config).ok();
    let named = |webhook: &WebhookConfig| {
        let portals = portals.as_ref()?;
        let error = webhook.check_names(portals).err()?;
        let hint = "correct portals or flows of its block; `formhand portal check` names those of a definition";
        Some(Check::fail("webhooks", error.to_string(), hint))
    };
    webhooks
        .iter()
        .map(|webhook| named(webhook).unwrap_or_else(|| one(webhook)))
        .collect()
}

fn one(webhook: &WebhookConfig) -> Check {
    let name = &webhook.name;
    let setup = match webhook.setup() {
        Ok(setup) => setup,
        Err(error) => {
            let hint = "put it right, or point the webhook at another place";
            return Check::fail("webhooks", error.to_string(), hint);
        }
    };
    let secrets = webhook.secrets();
    if let Some(open) = secrets.into_iter().find(|secret| open_to_others(secret)) {
        let open = place(open);
        let found = format!("{name}: {open} can be read by other users");
        return Check::warn("webhooks", found, format!("chmod 600 {open}"));
    }
    if !webhook.enabled {
        return Check::ok(
            "webhooks",
            format!("{name}: not enabled, so it is told nothing"),
        );
    }
    let events = if setup.events.len() == EventKind::all().count() {
        "all events".to_owned()
    } else {
        format!("{} kinds of events", setup.events.len())
    };
    let to = webhook.described();
    let found = format!("{name}, {events} to {to}; `formhand webhook test {name}` tries it");
    Check::ok("webhooks", found)
}
