//! The contract, handed to the operations one by one, each with its limit of time.

use std::{collections::BTreeSet, sync::Arc};

use async_trait::async_trait;
use formhand_domain::{FencingToken, IdempotencyKey, Job, JobId, NodeId, SourceName};
use jiff::Timestamp;

use super::{
    super::{open::MongoStore, within::within},
    keep, known, origin, quarantine, saved,
    session::Sessions,
    set_out, take, tell, trouble,
};
use crate::{
    DocumentId, Keeping, Looked, Origin, OriginError, QuarantinePage, Quarantined, Reached,
    SavedSource, SourceError, SourcePlace, SourceTask, Sources, StoreError, Taken, Told,
};

/// What the store keeps of sources, and the sessions of those that are watched through this handle.
pub(in super::super) struct MongoSources {
    store: Arc<MongoStore>,
    sessions: Sessions,
}

impl MongoSources {
    pub(in super::super) fn of(store: Arc<MongoStore>) -> Self {
        Self {
            store,
            sessions: Sessions::default(),
        }
    }
}

#[async_trait]
impl Sources for MongoSources {
    async fn origin(&self, place: &SourcePlace) -> Result<Arc<dyn Origin>, OriginError> {
        within(origin::connect(&self.store.db, place)).await
    }

    async fn source(&self, source: &SourceName) -> Result<Option<SavedSource>, StoreError> {
        within(saved::find(&self.store.db, source)).await
    }

    async fn sources(&self) -> Result<Vec<SavedSource>, StoreError> {
        within(saved::all(&self.store.db)).await
    }

    async fn keep_source(
        &self,
        source: &SourceName,
        owner: &NodeId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Keeping, StoreError> {
        within(keep::keep(&self.store.db, source, owner, now, expires_at)).await
    }

    async fn renew_source(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        within(keep::renew(&self.store.db, source, keeper, now, expires_at)).await
    }

    async fn release_source(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        within(keep::release(&self.store.db, source, keeper, now)).await
    }

    async fn set_out(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        reached: &Reached,
    ) -> Result<(), SourceError> {
        within(set_out::set_out(&self.store.db, source, keeper, reached)).await
    }

    async fn taken(&self, keys: &[IdempotencyKey]) -> Result<BTreeSet<IdempotencyKey>, StoreError> {
        within(known::known(&self.store.db, keys)).await
    }

    async fn take(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        looked: Vec<Looked>,
        reached: Option<&Reached>,
        now: Timestamp,
    ) -> Result<Taken, SourceError> {
        // Each of its transactions has a limit of its own.
        let right = (source, keeper);
        Box::pin(take::take(
            &self.store,
            &self.sessions,
            right,
            looked,
            reached,
            now,
        ))
        .await
    }

    async fn take_again(
        &self,
        source: &SourceName,
        looked: Vec<Looked>,
        now: Timestamp,
    ) -> Result<Taken, StoreError> {
        Box::pin(take::take_again(&self.store, source, looked, now)).await
    }

    async fn set_trouble(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        task: SourceTask,
        trouble: Option<&str>,
        now: Timestamp,
    ) -> Result<(), SourceError> {
        let store = &self.store.db;
        within(trouble::set(store, source, keeper, task, trouble, now)).await
    }

    async fn quarantine(
        &self,
        source: &SourceName,
        after: Option<&DocumentId>,
        limit: u32,
    ) -> Result<QuarantinePage, StoreError> {
        within(quarantine::page(&self.store.db, source, after, limit)).await
    }

    async fn quarantined(
        &self,
        source: &SourceName,
        document: &DocumentId,
    ) -> Result<Option<Quarantined>, StoreError> {
        within(quarantine::find(&self.store.db, source, document)).await
    }

    async fn drop_quarantined(
        &self,
        source: &SourceName,
        document: Option<&DocumentId>,
    ) -> Result<u64, StoreError> {
        within(quarantine::remove(&self.store.db, source, document)).await
    }

    async fn jobs_of_source(
        &self,
        source: &SourceName,
        jobs: &[JobId],
    ) -> Result<Vec<(DocumentId, Job)>, StoreError> {
        within(tell::jobs(&self.store.db, source, jobs)).await
    }

    async fn set_told(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        told: &Told,
        now: Timestamp,
    ) -> Result<(), SourceError> {
        within(tell::set(&self.store.db, source, keeper, told, now)).await
    }

    async fn refused(
        &self,
        source: &SourceName,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<JobId>, StoreError> {
        within(tell::refused(&self.store.db, source, before, limit)).await
    }
}
