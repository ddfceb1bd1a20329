//! Follows the audit: which jobs ended, and how.

use std::{collections::VecDeque, sync::Arc};

use formhand_domain::{FailureCode, Status};
use formhand_store::{AuditEntry, Store, StoreError};
use jiff::{SignedDuration, Timestamp};

use super::{EndedJob, UnknownPhrase};

/// Entries that are read in one go.
const BATCH: u32 = 500;

/// What is remembered of the jobs within a window, kept up to date by reading only what is new.
pub(super) struct JobMemory {
    store: Arc<dyn Store>,
    window: SignedDuration,
    /// The last entry that was read; nothing before the first reading.
    seen: Option<u64>,
    ended: VecDeque<EndedJob>,
    words: VecDeque<UnknownPhrase>,
}

impl JobMemory {
    pub(super) fn new(store: Arc<dyn Store>, window: SignedDuration) -> Self {
        Self {
            store,
            window,
            seen: None,
            ended: VecDeque::new(),
            words: VecDeque::new(),
        }
    }

    /// Reads what is new, and forgets what is too old.
    pub(super) async fn follow(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let begin = now.saturating_sub(self.window).unwrap_or(Timestamp::MIN);
        let mut seen = match self.seen {
            Some(seen) => seen,
            None => last_before(&*self.store, begin).await?,
        };
        loop {
            let entries = self.store.audit_after(seen, BATCH).await?;
            for entry in &entries {
                self.take(entry).await?;
                seen = entry.seq;
            }
            // What was taken is not taken twice, whatever fails next.
            self.seen = Some(seen);
            if entries.len() < BATCH as usize {
                break;
            }
        }
        while self.ended.front().is_some_and(|job| job.at < begin) {
            self.ended.pop_front();
        }
        while self.words.front().is_some_and(|words| words.at < begin) {
            self.words.pop_front();
        }
        Ok(())
    }

    pub(super) fn ended(&self) -> Vec<EndedJob> {
        self.ended.iter().cloned().collect()
    }

    pub(super) fn words(&self) -> Vec<UnknownPhrase> {
        self.words.iter().cloned().collect()
    }

    async fn take(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        let end = end_of(entry);
        let unknown_words = said_unknown_words(entry);
        if end.is_none() && !unknown_words {
            return Ok(());
        }
        // A job that is removed by now was of no use to anybody.
        let Some(job) = self.store.job(entry.job).await? else {
            return Ok(());
        };
        if let Some(filed) = end {
            self.ended.push_back(EndedJob {
                portal: job.portal.clone(),
                at: entry.at,
                filed,
            });
        }
        if unknown_words {
            self.words.push_back(UnknownPhrase {
                portal: job.portal,
                at: entry.at,
                job: entry.job,
            });
        }
        Ok(())
    }
}

/// Whether the entry ends the work on a job for now, and with a filed form. What a person does afterwards does not count,
/// nor does an attempt that another one follows.
fn end_of(entry: &AuditEntry) -> Option<bool> {
    if entry.from != Some(Status::Processing) {
        return None;
    }
    match entry.to {
        Status::Completed | Status::CompletedWithErrors => Some(true),
        Status::FailedPostSubmission | Status::NeedsReview => Some(false),
        Status::FailedLoginForm => {
            // A failure that is tried again says so; the last word does not.
            let tried_again = entry.failure.as_ref().is_some_and(|last| last.retryable);
            (!tried_again).then_some(false)
        }
        _ => None,
    }
}

fn said_unknown_words(entry: &AuditEntry) -> bool {
    entry
        .failure
        .as_ref()
        .is_some_and(|failure| failure.code == FailureCode::UnknownMessage)
}

/// The number behind which the entries since a time begin. Numbers rise with time, so few entries are looked at, however
/// many there are.
async fn last_before(store: &dyn Store, time: Timestamp) -> Result<u64, StoreError> {
    let older_than_that = async |seq| -> Result<Option<u64>, StoreError> {
        let next = store.audit_after(seq, 1).await?;
        Ok(next
            .first()
            .filter(|entry| entry.at < time)
            .map(|entry| entry.seq))
    };
    let (mut low, mut step) = (0_u64, 1_u64);
    while let Some(seq) = older_than_that(low.saturating_add(step)).await? {
        low = seq;
        step = step.saturating_mul(2);
    }
    let mut high = low.saturating_add(step);
    while low < high {
        let middle = low + (high - low) / 2;
        match older_than_that(middle).await? {
            Some(seq) => low = seq,
            None => high = middle,
        }
    }
    Ok(low)
}
