//! What the business's systems are to be told.

use formhand_store::{DeliveryCount, DeliveryState};
use jiff::Timestamp;
use prometheus_client::{encoding::EncodeLabelSet, registry::Registry};

use super::put::{age, figure, flag, plain, seconds};
use crate::{
    metrics::{labels::with, reading::Kept},
    webhooks::Known,
};

with! {
    /// A webhook.
    Labels { .. webhook: String }
}
with! {
    /// Its messages in one state.
    InState { of: Labels, .. state: &'static str }
}

pub(super) fn put(kept: Option<&Kept>, now: Timestamp, registry: &mut Registry) {
    let webhooks = || kept.into_iter().flat_map(|kept| &kept.webhooks);
    let of = |known: &Known| Labels {
        webhook: known.setup.name.to_string(),
    };
    let count = |known: &Known, state: &str| -> Option<DeliveryCount> {
        let mut counts = known.counts.iter();
        counts.find(|count| count.state == state).cloned()
    };
    let states = webhooks().flat_map(|known| {
        DeliveryState::NAMES.into_iter().map(move |state| {
            let labels = InState {
                of: of(known),
                state,
            };
            let found = count(known, state).map_or(0, |count| count.count);
            (labels, figure(found))
        })
    });
    plain(
        "formhand_webhook_deliveries",
        "Messages of a webhook that are kept, by state",
    )
    .gauges(registry, states);
    let oldest = webhooks().map(|known| {
        let oldest = count(known, "pending").map(|count| age(count.oldest_made_at, now));
        (of(known), oldest.unwrap_or_default())
    });
    seconds(
        "formhand_webhook_oldest_pending",
        "Age of the oldest message that a webhook has not taken yet; 0 if there is none",
    )
    .gauges(registry, oldest);
    plain(
        "formhand_webhook_off",
        "1 for a webhook that gets nothing, as it has answered 410 Gone or is not enabled",
    )
    .gauges(
        registry,
        webhooks().map(|known| {
            let off = known
                .webhook
                .as_ref()
                .is_some_and(|webhook| webhook.state.off.is_some());
            (of(known), flag(off || !known.setup.enabled))
        }),
    );
}
