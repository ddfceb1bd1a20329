//! Follows the history of the sessions: which recoveries were tried, and how they ended.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use formhand_domain::{
    AccountKey,
    account::{AttemptResult, SessionEventKind, SessionHappening, SessionState},
};
use formhand_store::{SessionEntry, SessionHistoryFilter, Store, StoreError};
use jiff::{SignedDuration, Timestamp};

use super::{RecoveryTry, SpentRecovery};

/// The most that the store gives at once.
const BATCH: u32 = 500;

/// Servers write beside each other, so an entry may come a little after one with a higher number.
const LATE: u64 = 100;

/// What is remembered of the recoveries within a window.
pub(super) struct RecoveryMemory {
    store: Arc<dyn Store>,
    window: SignedDuration,
    entries: BTreeMap<u64, SessionEntry>,
}

impl RecoveryMemory {
    pub(super) fn new(store: Arc<dyn Store>, window: SignedDuration) -> Self {
        Self {
            store,
            window,
            entries: BTreeMap::new(),
        }
    }

    /// Reads what is new, and forgets what is too old.
    pub(super) async fn follow(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let begin = now.saturating_sub(self.window).unwrap_or(Timestamp::MIN);
        let known = self.entries.keys().next_back().copied().unwrap_or(0);
        let filter = SessionHistoryFilter {
            account: None,
            events: vec![
                SessionEventKind::RecoveryAttempt,
                SessionEventKind::RecoveryEnded,
            ],
        };
        let mut before = None;
        loop {
            let page = self.store.session_history(filter.clone(), before, BATCH);
            let page = page.await?;
            let last = page.last().map(|entry| (entry.seq, entry.event.at));
            let is_short = page.len() < BATCH as usize;
            self.entries
                .extend(page.into_iter().map(|entry| (entry.seq, entry)));
            match last {
                Some((seq, at)) if !is_short && at >= begin && seq + LATE > known => {
                    before = Some(seq);
                }
                _ => break,
            }
        }
        self.entries.retain(|_, entry| entry.event.at >= begin);
        Ok(())
    }

    pub(super) fn tries(&self) -> Vec<RecoveryTry> {
        self.entries.values().filter_map(tried).collect()
    }

    pub(super) fn ended(&self) -> Vec<SpentRecovery> {
        self.entries.values().filter_map(ended).collect()
    }

    /// How the last recovery ended, of those accounts that have no session.
    pub(super) async fn last(
        &self,
        sessions: &BTreeMap<AccountKey, SessionState>,
    ) -> Result<BTreeMap<AccountKey, SpentRecovery>, StoreError> {
        let without: BTreeSet<&AccountKey> = sessions
            .iter()
            .filter(|(_, session)| is_without(session))
            .map(|(account, _)| account)
            .collect();
        let mut last = BTreeMap::new();
        for account in without {
            let filter = SessionHistoryFilter {
                account: Some(account.clone()),
                events: vec![SessionEventKind::RecoveryEnded],
            };
            let newest = self.store.session_history(filter, None, 1).await?;
            if let Some(end) = newest.first().and_then(ended) {
                last.insert(account.clone(), end);
            }
        }
        Ok(last)
    }
}

fn is_without(session: &SessionState) -> bool {
    match session {
        SessionState::Down { .. }
        | SessionState::Recovering { .. }
        | SessionState::LoggingIn { .. } => true,
        SessionState::Cold
        | SessionState::Active { .. }
        | SessionState::Retiring { .. }
        | SessionState::NeedsHuman { .. } => false,
    }
}

fn tried(entry: &SessionEntry) -> Option<RecoveryTry> {
    let SessionHappening::RecoveryAttempt { level, result, .. } = &entry.event.what else {
        return None;
    };
    Some(RecoveryTry {
        account: entry.account.clone(),
        at: entry.event.at,
        level: *level,
        recovered: *result == AttemptResult::Recovered,
    })
}

fn ended(entry: &SessionEntry) -> Option<SpentRecovery> {
    let SessionHappening::RecoveryEnded { cause, verdict, .. } = &entry.event.what else {
        return None;
    };
    Some(SpentRecovery {
        account: entry.account.clone(),
        at: entry.event.at,
        cause: *cause,
        end: *verdict,
    })
}
