//! The store itself.

use prometheus_client::registry::Registry;

use super::put::{age, bytes, figure, flag, plain, seconds};
use crate::metrics::reading::Reading;

pub(super) fn put(reading: &Reading, registry: &mut Registry) {
    let kept = reading.kept.as_ref();
    plain(
        "formhand_store_up",
        "Whether the store answered all that it was asked for this scrape, within two seconds",
    )
    .gauge(registry, Some(flag(kept.is_some())));
    plain(
        "formhand_ready",
        "Whether the server can work on jobs, as /readyz says",
    )
    .gauge(registry, Some(flag(reading.is_ready)));
    seconds(
        "formhand_store_ping",
        "How long the store took to answer one small question",
    )
    .gauge(registry, kept.map(|kept| kept.ping.as_secs_f64()));
    plain(
        "formhand_store_schema",
        "The schema of the store that this server works on",
    )
    .gauge(registry, kept.map(|kept| f64::from(kept.schema)));
    let audit = kept.and_then(|kept| kept.audit.as_ref());
    plain(
        "formhand_audit_chain_verified",
        "Whether the last proof of the audit found that it holds; none before the first",
    )
    .gauge(registry, audit.map(|proved| flag(proved.holds)));
    seconds(
        "formhand_audit_chain_verified_age",
        "How long ago the last proof of the audit was over",
    )
    .gauge(registry, audit.map(|proved| age(proved.at, reading.now)));
    bytes(
        "formhand_store_size",
        "The size of the store's file with its log; none for a database elsewhere",
    )
    .gauge(registry, reading.machine.database_bytes.map(figure));
    bytes(
        "formhand_data_free",
        "What can still be written to the disk of the data folder",
    )
    .gauge(registry, reading.machine.free_bytes.map(figure));
}
