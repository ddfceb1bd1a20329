//! Reads what the rules look at.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use formhand_domain::{AccountKey, NodeId, account::SessionState};
use formhand_store::{Store, StoreError};
use jiff::{SignedDuration, Timestamp};

use super::{
    Facts, FreeSpace, OpenQuestion, SeenServer,
    disk::{OwnDisk, said_by},
    jobs::JobMemory,
    recoveries::RecoveryMemory,
    review::unknown_outcomes,
    webhooks::webhooks,
};
use crate::{alerts::Rules, audit::verdict, webhooks::WebhookDesk};

/// A server that was not seen for so long says nothing of its disk any more.
const GONE: SignedDuration = SignedDuration::from_mins(1);

/// Reads facts from the store. What it remembers is a cache: it is read again by whoever starts anew.
pub(crate) struct Gatherer {
    store: Arc<dyn Store>,
    accounts: BTreeSet<AccountKey>,
    jobs: JobMemory,
    recoveries: RecoveryMemory,
    disk: OwnDisk,
    webhooks: WebhookDesk,
}

impl Gatherer {
    pub(crate) fn new(
        store: &Arc<dyn Store>,
        node: NodeId,
        accounts: BTreeSet<AccountKey>,
        rules: &Rules,
        webhooks: WebhookDesk,
        free: FreeSpace,
    ) -> Self {
        Self {
            jobs: JobMemory::new(Arc::clone(store), rules.job_window()),
            recoveries: RecoveryMemory::new(Arc::clone(store), rules.recovery_window()),
            disk: OwnDisk {
                node,
                free,
                said: None,
            },
            store: Arc::clone(store),
            accounts,
            webhooks,
        }
    }

    /// Writes down what only this server knows.
    pub(crate) async fn say(&mut self) -> Result<(), StoreError> {
        self.disk.say(&*self.store).await
    }

    /// All that is known now.
    pub(crate) async fn gather(&mut self, now: Timestamp) -> Result<Facts, StoreError> {
        self.jobs.follow(now).await?;
        self.recoveries.follow(now).await?;
        let store = &*self.store;
        let sessions = self.sessions().await?;
        let servers: Vec<SeenServer> = store
            .nodes()
            .await?
            .into_iter()
            // This one is there, also before it has said so.
            .filter(|node| node.entry.id != self.disk.node)
            .map(|node| SeenServer {
                id: node.entry.id,
                seen_at: node.entry.seen_at,
            })
            .collect();
        let questions = store.open_questions(now).await?;
        Ok(Facts {
            last_recoveries: self.recoveries.last(&sessions).await?,
            sessions,
            recoveries: self.recoveries.ended(),
            recovery_tries: self.recoveries.tries(),
            ended_jobs: self.jobs.ended(),
            unknown_words: self.jobs.words(),
            unknown_outcomes: unknown_outcomes(store).await?,
            oldest_due_at: store.next_due_at().await?,
            free_bytes: self.free_bytes(&servers, now).await?,
            questions: questions
                .into_iter()
                .map(|question| OpenQuestion {
                    account: question.account,
                    asked_at: question.asked_at,
                })
                .collect(),
            servers,
            webhooks: webhooks(&self.webhooks).await?,
            audit_broken_at: verdict(store)
                .await?
                .and_then(|verdict| verdict.broken_at()),
        })
    }

    /// Those of the configuration: one that is not there any more can be neither down nor healed.
    async fn sessions(&self) -> Result<BTreeMap<AccountKey, SessionState>, StoreError> {
        let saved = self.store.sessions().await?;
        let known = saved
            .into_iter()
            .filter(|(key, _)| self.accounts.contains(key));
        Ok(known.map(|(key, saved)| (key, saved.state)).collect())
    }

    async fn free_bytes(
        &self,
        servers: &[SeenServer],
        now: Timestamp,
    ) -> Result<BTreeMap<NodeId, u64>, StoreError> {
        let there = servers
            .iter()
            .filter(|server| now.duration_since(server.seen_at) <= GONE);
        let mut free = said_by(&*self.store, there.map(|server| &server.id)).await?;
        if let Some(bytes) = self.disk.free_bytes() {
            free.insert(self.disk.node.clone(), bytes);
        }
        Ok(free)
    }
}
