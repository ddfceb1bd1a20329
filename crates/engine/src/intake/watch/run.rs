//! All sources of a server.

use std::{sync::Arc, time::Duration};

use formhand_domain::{Clock, NodeId};
use formhand_store::Store;
use futures_util::future::join_all;
use jiff::SignedDuration;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use super::{desk::SourceDesk, source::Source, watcher::Watcher};
use crate::{Intake, right::RightTiming, setup::SourceSetup};

/// What watching needs.
pub struct WatchSetup {
    /// This server's name.
    pub node: NodeId,
    /// Where jobs are kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where documents become jobs.
    pub intake: Intake,
    /// How long the right to watch a source lasts without a renewal.
    pub lease: SignedDuration,
    /// How often it is renewed.
    pub renew_every: Duration,
    /// The sources.
    pub sources: Vec<SourceSetup>,
}

/// The store cannot take records from collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a source of records needs a store on MongoDB")]
pub struct NoSources;

/// The sources of a server, ready to be watched.
pub struct IntakeWatch {
    watchers: Vec<Watcher>,
    desk: SourceDesk,
}

impl IntakeWatch {
    /// Prepares it. Nothing is reached yet.
    pub fn new(setup: WatchSetup, stop: &CancellationToken) -> Result<Self, NoSources> {
        let kept = Arc::clone(&setup.store).sources();
        let Some(sources) = kept else {
            return if setup.sources.is_empty() {
                Ok(Self {
                    watchers: Vec::new(),
                    desk: SourceDesk::closed(setup.node, setup.clock),
                })
            } else {
                Err(NoSources)
            };
        };
        let timing = RightTiming {
            lease: setup.lease,
            renew_every: setup.renew_every,
        };
        let own = setup.sources.into_iter().map(|source| {
            let (store, intake) = (Arc::clone(&setup.store), setup.intake.clone());
            let clock = Arc::clone(&setup.clock);
            Arc::new(Source::new(
                setup.node.clone(),
                source,
                store,
                Arc::clone(&sources),
                intake,
                clock,
            ))
        });
        let own: Vec<Arc<Source>> = own.collect();
        let watcher = |source: &Arc<Source>| Watcher {
            source: Arc::clone(source),
            timing,
            stop: stop.clone(),
        };
        Ok(Self {
            watchers: own.iter().map(watcher).collect(),
            desk: SourceDesk::new(setup.node, setup.clock, Arc::clone(&sources), own),
        })
    }

    /// What people may see and do.
    pub fn desk(&self) -> SourceDesk {
        self.desk.clone()
    }

    /// Watches until it is stopped.
    pub async fn run(self) {
        join_all(self.watchers.into_iter().map(Watcher::run)).await;
    }
}
