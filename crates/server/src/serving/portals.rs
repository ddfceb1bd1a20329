//! From definition files to portals.

use std::{fs, path::Path, sync::Arc};

use formhand_portal::{LoadOptions, Portal, load};
use url::Url;

use super::ServeError;
use crate::config::Config;

/// Reads one definition.
pub fn load_portal(path: &Path, base: Option<Url>) -> Result<Portal, formhand_portal::Diagnostics> {
    load(
        path,
        &|path: &Path| fs::read_to_string(path),
        LoadOptions { base },
    )
}

/// Reads all definitions of the configuration.
pub fn load_portals(config: &Config) -> Result<Vec<Arc<Portal>>, ServeError> {
    let mut portals: Vec<Arc<Portal>> = Vec::with_capacity(config.portals.len());
    for path in &config.portals {
        let mut portal = load_portal(path, None).map_err(ServeError::Portal)?;
        if let Some(other) = config.portal_overrides.get(&portal.name) {
            if let Some(base) = &other.base {
                portal = load_portal(path, Some(base.clone())).map_err(ServeError::Portal)?;
            }
            if !other.verify {
                for flow in portal.flows.values_mut() {
                    flow.verify = None;
                }
            }
        }
        if portals.iter().any(|other| other.name == portal.name) {
            return Err(ServeError::PortalTwice(portal.name.to_string()));
        }
        portals.push(Arc::new(portal));
    }
    check_names(config, &portals)?;
    Ok(portals)
}

/// Whatever the configuration says of a portal must be of one that is there.
fn check_names(config: &Config, portals: &[Arc<Portal>]) -> Result<(), ServeError> {
    let of_accounts = config.accounts.iter().map(|account| {
        (
            format!("account {}", account.key.account),
            &account.key.portal,
        )
    });
    let of_overrides = config
        .portal_overrides
        .keys()
        .map(|name| (format!("[portal.{name}]"), name));
    for (what, name) in of_accounts.chain(of_overrides) {
        if !portals.iter().any(|portal| portal.name == *name) {
            let known: Vec<&str> = portals.iter().map(|portal| portal.name.as_str()).collect();
            let known = if known.is_empty() {
                "none".to_owned()
            } else {
                known.join(", ")
            };
            return Err(ServeError::UnknownPortal {
                what,
                portal: name.to_string(),
                known,
            });
        }
    }
    Ok(())
}
