//! What is read at the moment of a scrape, each within a time: a scrape never hangs on what is dead.

mod machine;
mod process;
mod store;

use std::{sync::Arc, time::Duration};

use formhand_domain::AccountKey;
use formhand_engine::SourceDesk;
use formhand_store::Store;
use jiff::Timestamp;
use tokio::time::timeout;

use super::Places;
use crate::{http::Readiness, webhooks::WebhookDesk};

pub(super) use machine::{Machine, Runtime, read as read_machine};
pub(super) use process::Process;
#[cfg(test)]
pub(super) use store::Proved;
pub(super) use store::{Kept, SessionOf, SourceOf};

/// Prometheus gives up after ten seconds, and something that answers late is as good as dead long before that.
pub(super) const LIMIT: Duration = Duration::from_secs(2);

/// What is asked, beside the store.
pub(crate) struct Asked<'a> {
    /// The accounts of the configuration.
    pub(crate) accounts: &'a [AccountKey],
    /// The collections that records are taken from.
    pub(crate) sources: &'a SourceDesk,
    /// Who is told what becomes of jobs.
    pub(crate) webhooks: &'a WebhookDesk,
    /// Whether the server can work.
    pub(crate) readiness: &'a Readiness,
    /// The present moment.
    pub(crate) now: Timestamp,
}

/// What was read.
pub(super) struct Reading {
    pub(super) now: Timestamp,
    pub(super) is_ready: bool,
    /// Nothing if the store did not answer in time, or not with what it was asked.
    pub(super) kept: Option<Kept>,
    pub(super) machine: Machine,
    pub(super) runtime: Runtime,
}

/// Reads all of it at once.
pub(super) async fn read(store: &Arc<dyn Store>, places: &Places, asked: Asked<'_>) -> Reading {
    let now = asked.now;
    let (kept, readiness, machine) = tokio::join!(
        timeout(LIMIT, store::read(store.as_ref(), &asked)),
        timeout(LIMIT, (asked.readiness)()),
        machine::read(places)
    );
    Reading {
        now,
        is_ready: matches!(readiness, Ok(None)),
        kept: kept.ok().and_then(Result::ok),
        machine: machine.unwrap_or_default(),
        runtime: Runtime::now(),
    }
}
