//! The channels of alerts, as far as the configuration tells. Nothing is sent.

use super::{Check, accounts::open_to_others, accounts::place};
use crate::{
    alerts::Channel,
    config::{AlertChannelConfig, Config},
};

/// A line for each channel.
pub(super) fn check(config: &Config) -> Vec<Check> {
    let channels = &config.alerts.channels;
    if channels.is_empty() {
        let hint = "add an [[alerts.mail]], [[alerts.slack]] or [[alerts.webhook]] block; docs/ALERTS.md has examples";
        let found = "no channel is configured, so nobody is told of what goes wrong";
        return vec![Check::warn("alerts", found, hint)];
    }
    channels.iter().map(one).collect()
}

fn one(channel: &AlertChannelConfig) -> Check {
    let name = &channel.name;
    let setup = match channel.setup() {
        Ok(setup) => setup,
        Err(error) => {
            let hint = "put it right, or point the channel at another place";
            return Check::fail("alerts", error.to_string(), hint);
        }
    };
    if let Err(error) = Channel::new(setup) {
        let hint = "are the system's certificates installed (ca-certificates)?";
        return Check::fail("alerts", format!("{name}: {error}"), hint);
    }
    let secrets = channel.secrets();
    if let Some(open) = secrets.into_iter().find(|secret| open_to_others(secret)) {
        let open = place(open);
        let found = format!("{name}: {open} can be read by other users");
        return Check::warn("alerts", found, format!("chmod 600 {open}"));
    }
    let found = format!(
        "{name}, {}; `formhand alert test --channel {name}` tries it",
        channel.described()
    );
    Check::ok("alerts", found)
}
