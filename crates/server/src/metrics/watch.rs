//! What the server holds of it.

use std::{path::PathBuf, sync::Arc, time::Duration};

use axum::http::{Method, StatusCode};
use formhand_domain::{AccountKey, WebhookName};
use formhand_store::{Change, Store, StoreError};
use jiff::Timestamp;
use prometheus_client::registry::Registry;
use tokio::{
    sync::{
        Mutex,
        broadcast::{Receiver, error::RecvError},
    },
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use super::{
    browsers::{Browsers, by_kind},
    counters::{Counters, InFlight},
    expose::expose,
    follower::Follower,
    reading::{Asked, read, read_machine},
    text::{Format, write},
};
use crate::webhooks::TriedResult;

/// Only a net under the signals: another process may write without one.
const SWEEP: Duration = Duration::from_secs(10);

/// How long a scrape waits for what happened last to be counted. What is missing then is in the next one.
const CATCH_UP: Duration = Duration::from_millis(500);

/// The counts of one server.
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    store: Arc<dyn Store>,
    counters: Counters,
    follower: Mutex<Follower>,
    places: Places,
}

/// Where a server has what is measured.
#[derive(Debug, Clone)]
pub struct Places {
    /// The data folder.
    pub data: PathBuf,
    /// The folder of the browsers' profiles.
    pub profiles: PathBuf,
    /// The store's file, if it is one.
    pub database: Option<PathBuf>,
    /// When the server started.
    pub started_at: Timestamp,
}

/// What a server takes of its machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Footprint {
    /// Its own process, without browsers, in bytes; nothing if the system does not say.
    pub(crate) server_memory_bytes: Option<u64>,
    /// Its browsers, each kind.
    pub(crate) browsers: Vec<Browsers>,
}

impl Metrics {
    /// Counts what happens in the store from the first look on. These accounts are shown before anything happens to them.
    pub fn new(store: Arc<dyn Store>, accounts: &[AccountKey], places: Places) -> Self {
        let counters = Counters::default();
        for account in accounts {
            counters.sessions.expect(account);
        }
        let follower = Follower::new(Arc::clone(&store), counters.clone());
        Self(Arc::new(Inner {
            store,
            counters,
            follower: Mutex::new(follower),
            places,
        }))
    }

    /// Counts what has happened since the last look. The first one only sees where the store's histories end.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        let counted = self.0.follower.lock().await.catch_up().await;
        if counted.is_err() {
            self.0.counters.signals.unread.inc();
        }
        counted
    }

    /// Counts what happens until the server stops.
    pub async fn follow(self, mut signals: Receiver<Change>, stop: CancellationToken) {
        let mut fails = false;
        loop {
            let counted = self.catch_up().await;
            if let Err(error) = &counted
                && !fails
            {
                tracing::warn!(code = "store_failed", %error, "what happens is not counted for now");
            }
            fails = counted.is_err();
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.signal(&mut signals), if !fails => {}
                () = tokio::time::sleep(SWEEP) => {}
            }
        }
    }

    /// Waits for something that is counted, and takes what else has come meanwhile along.
    async fn signal(&self, signals: &mut Receiver<Change>) {
        loop {
            match signals.recv().await {
                Ok(Change::Job(_) | Change::SessionEvent(_) | Change::Missed) => return,
                Ok(Change::Question | Change::Session | Change::Node | Change::Webhook) => {}
                Err(RecvError::Lagged(lost)) => {
                    self.0.counters.signals.lost.inc_by(lost);
                    return;
                }
                // Nothing comes any more; the sweep looks as long as there is something to see.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }

    /// All there is to see, as text. It does not wait for a store that does not answer.
    pub(crate) async fn scrape(&self, asked: Asked<'_>, format: Format) -> String {
        let inner = &self.0;
        let (reading, counted) = tokio::join!(
            read(&inner.store, &inner.places, asked),
            timeout(CATCH_UP, self.catch_up())
        );
        // A failure is counted, and the store's own figures say that it is down.
        drop(counted);
        let mut registry = Registry::default();
        expose(&reading, &inner.places, &mut registry);
        inner.counters.register(&mut registry);
        write(&registry, format)
    }

    /// What this server takes of its machine at this moment; nothing if the machine does not answer in time.
    pub(crate) async fn footprint(&self) -> Option<Footprint> {
        let machine = read_machine(&self.0.places).await?;
        Some(Footprint {
            server_memory_bytes: machine.process.memory_bytes,
            browsers: by_kind(&machine.browsers),
        })
    }

    /// A message was sent to a webhook.
    pub(crate) fn tried_webhook(&self, webhook: &WebhookName, result: &TriedResult) {
        self.0.counters.webhooks.tried(webhook, result);
    }

    /// A request has come.
    pub(crate) fn request(&self) -> InFlight {
        self.0.counters.http.begin()
    }

    /// A request was answered.
    pub(crate) fn answered(
        &self,
        method: &Method,
        route: &str,
        status: StatusCode,
        took: Duration,
    ) {
        self.0.counters.http.answered(method, route, status, took);
    }
}
