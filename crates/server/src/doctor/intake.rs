//! The collections that records are taken from, as far as the configuration tells. None of them is reached.

use super::Check;
use crate::{
    config::{Config, IntakeConfig},
    serving::{load_portals, source_kind},
};

/// Every source by itself.
pub(super) fn check(config: &Config) -> Vec<Check> {
    let Ok(portals) = load_portals(config) else {
        // What is wrong with them is told already.
        return Vec::new();
    };
    let one = |source: &IntakeConfig| {
        if let Some(secret) = source
            .url
            .as_ref()
            .and_then(crate::config::UrlSource::secret)
            && let Err(error) = secret.read()
        {
            let found = format!("{}: no URL: {error}", source.name);
            return Check::fail(
                "intake",
                found,
                "set it, or point the source at another place",
            );
        }
        match source_kind(config, source, &portals) {
            Ok(_) => Check::ok(
                "intake",
                format!("{} from {}", source.name, source.collection),
            ),
            Err(error) => {
                let hint = "`formhand intake check FILE` checks a mapping by itself";
                Check::fail("intake", error.to_string(), hint)
            }
        }
    };
    config.intake.iter().map(one).collect()
}
