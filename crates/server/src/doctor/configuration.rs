//! The configuration and the definitions that it names.

use super::Check;
use crate::{
    cli::CliError,
    config::Config,
    serving::{load_portal, load_portals},
};

/// The configuration itself, and the one to go on with.
pub(super) fn check(config: Result<Config, CliError>) -> (Vec<Check>, Option<Config>) {
    match config {
        Ok(config) => {
            let found = match &config.file {
                Some(file) => file.display().to_string(),
                None => "no file, the defaults are used".to_owned(),
            };
            (vec![Check::ok("configuration", found)], Some(config))
        }
        Err(error) => {
            let hint = error.hint.unwrap_or_default();
            (
                vec![Check::fail("configuration", error.message, hint)],
                Config::defaults().ok(),
            )
        }
    }
}

/// Every definition by itself, then all of them together.
pub(super) fn check_portals(config: &Config) -> Vec<Check> {
    if config.portals.is_empty() {
        let hint = "list definition files in `portals`";
        return vec![Check::warn("portals", "none is configured", hint)];
    }
    let mut checks = Vec::new();
    for file in &config.portals {
        match load_portal(file, None) {
            Ok(portal) => {
                let found = format!("{} from {}", portal.name, file.display());
                checks.push(Check::ok("portal", found));
            }
            Err(diagnostics) => {
                let found = format!(
                    "{}: {} mistakes",
                    file.display(),
                    diagnostics.0.len().max(1)
                );
                let hint = format!("formhand portal check {}", file.display());
                checks.push(Check::fail("portal", found, hint));
            }
        }
    }
    let each_is_well = checks.iter().all(|check| check.level == super::Level::Ok);
    if each_is_well && let Err(error) = load_portals(config) {
        checks.push(Check::fail(
            "portals",
            error.to_string(),
            "correct the configuration",
        ));
    }
    checks
}
