//! The servers that work on the store.

use formhand_store::Node;
use jiff::Timestamp;
use prometheus_client::registry::Registry;

use super::put::{age, flag, plain, seconds};
use crate::metrics::{labels::with, reading::Kept};

with! {
    /// A server.
    OfNode { .. node: String }
}

pub(super) fn put(kept: Option<&Kept>, now: Timestamp, registry: &mut Registry) {
    let nodes = || kept.into_iter().flat_map(|kept| &kept.nodes);
    let of = |node: &Node| OfNode {
        node: node.entry.id.to_string(),
    };
    plain(
        "formhand_node_workers",
        "How many jobs a server may work on at once",
    )
    .gauges(
        registry,
        nodes().map(|node| (of(node), f64::from(node.entry.workers))),
    );
    plain(
        "formhand_node_jobs",
        "How many jobs a server works on, as it last said",
    )
    .gauges(
        registry,
        nodes().map(|node| (of(node), f64::from(node.entry.at_work))),
    );
    plain(
        "formhand_node_draining",
        "Whether a server is to take no more work",
    )
    .gauges(registry, nodes().map(|node| (of(node), flag(node.drain))));
    seconds(
        "formhand_node_unseen",
        "How long ago a server last said that it is there; it does so every ten seconds",
    )
    .gauges(
        registry,
        nodes().map(|node| (of(node), age(node.entry.seen_at, now))),
    );
}
