//! A running engine, as its owner sees it.

mod error;
mod pages;
mod start;

use std::{collections::BTreeSet, sync::Arc};

use formhand_domain::AccountKey;
use tokio::{sync::Mutex, task::JoinHandle};

pub use error::EngineError;

use crate::{Intake, SourceDesk, queue::Shop};

/// An engine that works until it is drained.
pub struct Engine {
    intake: Intake,
    sources: SourceDesk,
    shop: Arc<Shop>,
    work: Mutex<Option<JoinHandle<()>>>,
}

/// Whoever asks whether a server is ready does not wait for long.
const STORE_LIMIT: std::time::Duration = std::time::Duration::from_secs(2);

impl Engine {
    /// The door for records.
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// The collections that records are taken from.
    pub fn sources(&self) -> &SourceDesk {
        &self.sources
    }

    /// Takes no more jobs, lets those that are past arming finish, gives the others back, and closes the browsers.
    pub async fn drain(&self) {
        self.shop.draining.cancel();
        if let Some(work) = self.work.lock().await.take()
            && let Err(error) = work.await
        {
            tracing::error!(%error, "the queue ended badly");
        }
        for account in self.shop.accounts.values() {
            account.keeper.close().await;
        }
        self.shop.workers.close().await;
    }

    /// Why the engine cannot work at present; nothing if it can.
    pub async fn not_ready(&self) -> Option<String> {
        if self.shop.draining.is_cancelled() {
            return Some("the server shuts down".to_owned());
        }
        let accounts = &self.shop.accounts;
        if accounts.is_empty() {
            return Some("no account is configured, so nothing can be filed".to_owned());
        }
        let asked = tokio::time::timeout(STORE_LIMIT, self.shop.store.next_due_at()).await;
        match asked {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => return Some(error.to_string()),
            Err(_) => return Some(format!("the store did not answer within {STORE_LIMIT:?}")),
        }
        let now = self.shop.clock.now();
        for account in accounts.values() {
            if account.is_ready(now).await {
                return None;
            }
        }
        let names: Vec<String> = accounts.keys().map(ToString::to_string).collect();
        Some(format!("no account has a session: {}", names.join(", ")))
    }

    /// The accounts whose clones log in by themselves, so that there is no session to bring back.
    pub fn masterless(&self) -> BTreeSet<AccountKey> {
        let accounts = self.shop.accounts.iter();
        accounts
            .filter(|(_, account)| account.login.is_some())
            .map(|(key, _)| key.clone())
            .collect()
    }
}
