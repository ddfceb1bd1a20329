//! The loop that gives due jobs to free workers. It wakes by signals: a change in the store, a worker that is done,
//! an account that has a session again, the time at which something becomes due.

use std::{sync::Arc, time::Duration};

use formhand_domain::Status;
use formhand_store::{Change, ClaimRequest};
use futures_util::{StreamExt, stream::FuturesUnordered};
use tokio::{
    sync::{broadcast::error::RecvError, watch},
    task::JoinSet,
};

use super::{Shop, attempt::attempt, recover::recover_expired};
use crate::session::Availability;

/// Gives jobs to workers until the server drains.
pub(crate) struct Dispatcher {
    pub(crate) shop: Arc<Shop>,
    pub(crate) workers: usize,
}

/// Only a net under the signals: nothing waits for it in normal operation.
const SWEEP: Duration = Duration::from_secs(5);

impl Dispatcher {
    /// Works until the server drains and the last attempt has ended.
    pub(crate) async fn run(self) {
        let mut changes = self.shop.store.changes();
        let mut accounts: Vec<_> = self
            .shop
            .accounts
            .values()
            .map(|account| account.keeper.availability())
            .collect();
        let mut paused = self.shop.paused.clone();
        let mut attempts = JoinSet::new();
        while !self.shop.draining.is_cancelled() {
            self.recover().await;
            self.fill(&mut attempts).await;
            let pause = self.until_next_due().await;
            tokio::select! {
                () = self.shop.draining.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
                () = next_work(&mut changes) => {}
                () = account_changes(&mut accounts) => {}
                Ok(()) = paused.changed() => {}
                Some(done) = attempts.join_next() => report(done),
            }
        }
        while let Some(done) = attempts.join_next().await {
            report(done);
        }
    }

    async fn fill(&self, attempts: &mut JoinSet<()>) {
        while attempts.len() < self.workers && !self.shop.is_closed() {
            let accounts = self.shop.capacities().await;
            if accounts.is_empty() {
                return;
            }
            let request = ClaimRequest {
                owner: self.shop.node.clone(),
                now: self.shop.clock.now(),
                lease_for: self.shop.timing.lease,
                accounts,
            };
            match self.shop.store.claim(request).await {
                Ok(Some(job)) => {
                    let counted = self.shop.at_work.begin();
                    let attempt = attempt(Arc::clone(&self.shop), job);
                    attempts.spawn(async move {
                        attempt.await;
                        drop(counted);
                    });
                }
                Ok(None) => return,
                Err(error) => {
                    tracing::error!(%error, "no job could be claimed");
                    return;
                }
            }
        }
    }

    async fn recover(&self) {
        let shop = &self.shop;
        if let Err(error) = recover_expired(&shop.store, &shop.clock, shop.timing.retry).await {
            tracing::error!(%error, "ended leases could not be taken over");
        }
    }

    /// The time until something becomes due, or the pace of an account lets its next job start.
    async fn until_next_due(&self) -> Duration {
        let mut times: Vec<_> = self
            .shop
            .store
            .next_due_at()
            .await
            .ok()
            .into_iter()
            .collect();
        for (account, pace) in self.shop.paces() {
            times.extend(self.shop.store.next_start_at(account, pace).await.ok());
        }
        let now = self.shop.clock.now();
        // What is due already waits for room, and room is a signal.
        let waits = times.into_iter().flatten().filter(|at| *at > now);
        let waits = waits.filter_map(|at| Duration::try_from(at.duration_since(now)).ok());
        waits.min().map_or(SWEEP, |wait| wait.min(SWEEP))
    }
}

/// Resolves when the availability of some account has changed since it was last looked at here.
async fn account_changes(accounts: &mut [watch::Receiver<Availability>]) {
    let mut waits: FuturesUnordered<_> = accounts
        .iter_mut()
        .map(|account| async move {
            if account.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .collect();
    if waits.next().await.is_none() {
        std::future::pending::<()>().await;
    }
}

/// Resolves when a job may have become due, or the signals were too many to tell.
async fn next_work(changes: &mut tokio::sync::broadcast::Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(Change::Job(entry)) if !matches!(entry.to, Status::Processing) => return,
            Ok(Change::Session | Change::Missed) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending::<()>().await,
        }
    }
}

fn report(done: Result<(), tokio::task::JoinError>) {
    if let Err(error) = done {
        // The lease of a job whose attempt panicked ends by itself, and recovery takes it over.
        tracing::error!(%error, "an attempt ended badly");
    }
}
