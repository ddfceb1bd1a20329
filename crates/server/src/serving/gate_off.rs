//! Who may run without the gate: a server that reaches no portal but those on this machine.

use std::sync::Arc;

use formhand_engine::GateSwitch;
use formhand_portal::Portal;
use url::{Host, Url};

use super::ServeError;

/// Refuses a gate that is off where a form could be filed in earnest.
pub(super) fn check_gate(gate: GateSwitch, portals: &[Arc<Portal>]) -> Result<(), ServeError> {
    if gate == GateSwitch::On {
        return Ok(());
    }
    for portal in portals {
        let origins = portal.origins.iter().map(String::as_str);
        let elsewhere = origins
            .chain([portal.base.as_str()])
            .find(|origin| !is_here(origin));
        if let Some(origin) = elsewhere {
            return Err(ServeError::GateOff {
                portal: portal.name.to_string(),
                origin: origin.to_owned(),
            });
        }
    }
    tracing::error!(
        "THE GATE IS OFF: submits are recorded too late, and forms will be filed twice"
    );
    Ok(())
}

/// An address of this machine by its number: what a name means can change.
fn is_here(origin: &str) -> bool {
    let host = Url::parse(origin).ok();
    match host.as_ref().and_then(Url::host) {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(_)) | None => false,
    }
}
