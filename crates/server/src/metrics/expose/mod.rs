//! What was read, as figures.

mod intake;
mod jobs;
mod machine;
mod nodes;
mod put;
mod sessions;
mod store;
mod webhooks;

use prometheus_client::registry::Registry;

use super::{Places, reading::Reading};

/// Puts all that was read into a registry. Families that nothing is known of are there without a figure.
pub(super) fn expose(reading: &Reading, places: &Places, registry: &mut Registry) {
    let kept = reading.kept.as_ref();
    machine::build(registry);
    machine::process(reading, places, registry);
    machine::browsers(&reading.machine, registry);
    store::put(reading, registry);
    jobs::put(kept, reading.now, registry);
    sessions::put(kept, reading.now, registry);
    intake::put(kept, reading.now, registry);
    nodes::put(kept, reading.now, registry);
    webhooks::put(kept, reading.now, registry);
}
