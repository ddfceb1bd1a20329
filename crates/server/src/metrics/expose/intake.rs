//! The collections that records are taken from.

use formhand_engine::SourceState;
use formhand_store::SourceCounts;
use jiff::Timestamp;
use prometheus_client::{encoding::EncodeLabelSet, registry::Registry};

use super::put::{age, figure, flag, plain, seconds};
use crate::metrics::{
    labels::with,
    reading::{Kept, SourceOf},
};

const STATES: [SourceState; 4] = [
    SourceState::Unwatched,
    SourceState::Scanning,
    SourceState::Watching,
    SourceState::Failing,
];

with! {
    /// A collection.
    Labels { .. source: String }
}
with! {
    /// What came of its documents.
    Taken { of: Labels, .. result: &'static str }
}
with! {
    /// One of its states.
    InState { of: Labels, .. state: &'static str }
}

pub(super) fn put(kept: Option<&Kept>, now: Timestamp, registry: &mut Registry) {
    let sources = || kept.into_iter().flat_map(|kept| &kept.sources);
    let of = |source: &SourceOf| Labels {
        source: source.name.to_string(),
    };
    let states = sources().flat_map(|source| {
        STATES.iter().map(move |state| {
            let labels = InState {
                of: of(source),
                state: state.as_str(),
            };
            (labels, flag(*state == source.state))
        })
    });
    plain(
        "formhand_intake_state",
        "1 for the state that a source is in, 0 for all others",
    )
    .gauges(registry, states);
    let taken = sources().flat_map(|source| {
        results(source.counts).map(|(result, count)| {
            let of = of(source);
            (Taken { of, result }, figure(count))
        })
    });
    plain(
        "formhand_intake_documents",
        "Documents of a source that became jobs since it was first watched, by what came of them at once",
    )
    .counters(registry, taken);
    plain(
        "formhand_intake_quarantined",
        "Documents of a source that cannot be taken",
    )
    .gauges(
        registry,
        sources().map(|source| (of(source), figure(source.quarantined))),
    );
    plain(
        "formhand_intake_refused",
        "Documents of a source that cannot hold what they are to be told",
    )
    .gauges(
        registry,
        sources().map(|source| (of(source), figure(source.refused))),
    );
    seconds(
        "formhand_intake_behind",
        "How long ago the changes happened up to which a source was read; an idle source is read every few seconds",
    )
    .gauges(
        registry,
        sources().filter_map(|source| Some((of(source), age(source.reached_at?, now)))),
    );
}

/// Each document once.
fn results(counts: SourceCounts) -> [(&'static str, u64); 3] {
    let refused = counts.invalid.saturating_add(counts.duplicates);
    [
        ("pending", counts.taken.saturating_sub(refused)),
        ("failed_validation", counts.invalid),
        ("failed_duplicate", counts.duplicates),
    ]
}
