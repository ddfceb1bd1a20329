//! The seam beside [`Store`](crate::Store), for stores that can take records from collections.

use std::{collections::BTreeSet, sync::Arc};

use async_trait::async_trait;
use formhand_domain::{FencingToken, IdempotencyKey, Job, JobId, NodeId, SourceName};
use jiff::Timestamp;

use super::{
    DocumentId, Looked, Origin, OriginError, QuarantinePage, Quarantined, Reached, SavedSource,
    SourceError, SourcePlace, SourceTask, Taken, Told,
};
use crate::{Keeping, StoreError};

/// What the store keeps of collections that records are taken from.
///
/// One server at a time watches a source, by the rules of the right to keep an account's session. Each of its writes
/// carries the token of that right. How far a source was read is kept in the same transaction as the jobs that came of
/// it, so a crash at any line makes no document be taken twice, and none be left out.
#[async_trait]
pub trait Sources: Send + Sync {
    /// The collection at this place. It is not reached yet.
    async fn origin(&self, place: &SourcePlace) -> Result<Arc<dyn Origin>, OriginError>;

    /// What is known of a source; nothing before anybody wanted to watch it.
    async fn source(&self, source: &SourceName) -> Result<Option<SavedSource>, StoreError>;

    /// All of them, in the order of their names.
    async fn sources(&self) -> Result<Vec<SavedSource>, StoreError>;

    /// Gives the right to watch a source to a server, if nobody else has it. One that had it under the same name gets a
    /// new token at once: its former process is dead.
    async fn keep_source(
        &self,
        source: &SourceName,
        owner: &NodeId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Keeping, StoreError>;

    /// Makes the right last longer. False if it is another's, or has ended.
    async fn renew_source(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Gives the right back, if it is still there.
    async fn release_source(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Keeps where a source is to be read from. What is told to its documents begins with the present, if nothing was
    /// told yet.
    async fn set_out(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        reached: &Reached,
    ) -> Result<(), SourceError>;

    /// Which of these keys documents were taken under before, also if their jobs are removed by now.
    async fn taken(&self, keys: &[IdempotencyKey]) -> Result<BTreeSet<IdempotencyKey>, StoreError>;

    /// Does what is to be done about documents, and keeps how far the source was read, in one transaction.
    ///
    /// If a job meets a key that is taken, the documents before it may be dealt with in transactions of their own, and
    /// `reached` is kept with the last. Without `reached` nothing is written unless there is something to do.
    async fn take(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        looked: Vec<Looked>,
        reached: Option<&Reached>,
        now: Timestamp,
    ) -> Result<Taken, SourceError>;

    /// Does what is to be done about documents of the quarantine, because a person wants it.
    async fn take_again(
        &self,
        source: &SourceName,
        looked: Vec<Looked>,
        now: Timestamp,
    ) -> Result<Taken, StoreError>;

    /// Says why something cannot be done with the source, or that it can. The time of the first such word stays.
    async fn set_trouble(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        task: SourceTask,
        trouble: Option<&str>,
        now: Timestamp,
    ) -> Result<(), SourceError>;

    /// Documents that could not be taken, behind the one that was seen last. `limit` is capped at 500.
    async fn quarantine(
        &self,
        source: &SourceName,
        after: Option<&DocumentId>,
        limit: u32,
    ) -> Result<QuarantinePage, StoreError>;

    /// One document of the quarantine; nothing if it is not there.
    async fn quarantined(
        &self,
        source: &SourceName,
        document: &DocumentId,
    ) -> Result<Option<Quarantined>, StoreError>;

    /// Forgets a document of the quarantine, or all of a source. Says how many there were.
    async fn drop_quarantined(
        &self,
        source: &SourceName,
        document: Option<&DocumentId>,
    ) -> Result<u64, StoreError>;

    /// Those of these jobs that came from the source, with their documents.
    async fn jobs_of_source(
        &self,
        source: &SourceName,
        jobs: &[JobId],
    ) -> Result<Vec<(DocumentId, Job)>, StoreError>;

    /// Keeps how far the documents of a source have been told.
    async fn set_told(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        told: &Told,
        now: Timestamp,
    ) -> Result<(), SourceError>;

    /// Jobs whose documents refused a note before this time and not since, at most `limit`.
    async fn refused(
        &self,
        source: &SourceName,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<JobId>, StoreError>;
}
