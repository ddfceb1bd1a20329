//! How a source stands.

use formhand_domain::{Clock, NodeId, SourceName};
use formhand_store::SavedSource;

use super::source::Source;
use crate::setup::SourceKind;

/// How a source stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceStatus {
    /// Its name.
    pub name: SourceName,
    /// What this server's configuration says of it; nothing if it is only known to the store.
    pub here: Option<SourceHere>,
    /// How it stands.
    pub state: SourceState,
    /// Who watches it.
    pub node: Option<NodeId>,
    /// What the store knows of it; nothing before anybody wanted to watch it.
    pub saved: Option<SavedSource>,
}

/// A source of this server's configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceHere {
    /// Its collection.
    pub collection: String,
    /// `mapping` or `queue`.
    pub kind: &'static str,
    /// Whether its documents are told of their jobs.
    pub writes_back: bool,
}

/// How a source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceState {
    /// Nobody watches it.
    Unwatched,
    /// The documents that are there are looked at one by one.
    Scanning,
    /// Its changes are followed.
    Watching,
    /// It cannot be watched.
    Failing,
}

impl SourceState {
    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unwatched => "unwatched",
            Self::Scanning => "scanning",
            Self::Watching => "watching",
            Self::Failing => "failing",
        }
    }
}

/// How a source stands, by what the configuration and the store say of it.
pub(super) fn status(
    name: &SourceName,
    own: Option<&Source>,
    saved: Option<SavedSource>,
    clock: &dyn Clock,
) -> SourceStatus {
    let now = clock.now();
    let lease = saved.as_ref().and_then(|saved| saved.lease.as_ref());
    let node = lease
        .filter(|lease| !lease.expired(now))
        .map(|lease| lease.owner.clone());
    let reached = saved.as_ref().and_then(|saved| saved.reached.as_ref());
    let is_failing = saved.as_ref().is_some_and(|saved| saved.trouble.is_some());
    let state = match reached {
        _ if is_failing => SourceState::Failing,
        _ if node.is_none() => SourceState::Unwatched,
        Some(reached) if reached.scan.is_some() => SourceState::Scanning,
        _ => SourceState::Watching,
    };
    SourceStatus {
        name: name.clone(),
        here: own.map(here),
        state,
        node,
        saved,
    }
}

fn here(source: &Source) -> SourceHere {
    let setup = &source.setup;
    SourceHere {
        collection: setup.place.collection.clone(),
        kind: match setup.kind {
            SourceKind::Mapping(_) => "mapping",
            SourceKind::Queue => "queue",
        },
        writes_back: !setup.write_back.is_off(),
    }
}
