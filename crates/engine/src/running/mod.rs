//! A running engine, as its owner sees it.

mod error;
mod start;

use std::sync::Arc;

use tokio::{sync::Mutex, task::JoinHandle};

pub use error::EngineError;

use crate::{Intake, queue::Shop};

/// An engine that works until it is drained.
pub struct Engine {
    intake: Intake,
    shop: Arc<Shop>,
    work: Mutex<Option<JoinHandle<()>>>,
}

impl Engine {
    /// The door for records.
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// Takes no more jobs, lets those that are past arming finish, gives the others back, and closes the browsers.
    pub async fn drain(&self) {
        self.shop.draining.cancel();
        if let Some(work) = self.work.lock().await.take()
            && let Err(error) = work.await
        {
            tracing::error!(%error, "the dispatcher ended badly");
        }
        for account in self.shop.accounts.values() {
            account.keeper.close().await;
        }
        self.shop.workers.close().await;
    }

    /// Why the engine cannot work at present; nothing if it can.
    pub fn not_ready(&self) -> Option<String> {
        if self.shop.draining.is_cancelled() {
            return Some("the server shuts down".to_owned());
        }
        let now = self.shop.clock.now();
        let idle: Vec<String> = self
            .shop
            .accounts
            .iter()
            .filter(|(_, account)| !account.keeper.availability().borrow().is_ready(now))
            .map(|(key, _)| key.to_string())
            .collect();
        if self.shop.accounts.is_empty() {
            return Some("no account is configured, so nothing can be filed".to_owned());
        }
        let all = idle.len() == self.shop.accounts.len();
        all.then(|| format!("no account has a session: {}", idle.join(", ")))
    }
}
