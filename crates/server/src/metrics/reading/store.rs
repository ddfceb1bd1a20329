//! What the store says.

use std::time::{Duration, Instant};

use formhand_domain::{AccountKey, Generation, SourceName, account::SessionState};
use formhand_engine::{SourceState, SourceStatus};
use formhand_store::{Node, QuestionKind, SavedSession, SourceCounts, Stats, Store, StoreError};
use jiff::Timestamp;

use super::Asked;
use crate::{audit::verdict, webhooks::Known};

/// What the store says.
pub(in crate::metrics) struct Kept {
    /// How long it took to say something small.
    pub(in crate::metrics) ping: Duration,
    pub(in crate::metrics) schema: u32,
    pub(in crate::metrics) stats: Stats,
    /// When the next thing of the queue is due.
    pub(in crate::metrics) due_at: Option<Timestamp>,
    pub(in crate::metrics) sessions: Vec<SessionOf>,
    /// What is asked of a person, and when it was asked.
    pub(in crate::metrics) questions: Vec<(QuestionKind, Timestamp)>,
    pub(in crate::metrics) nodes: Vec<Node>,
    pub(in crate::metrics) sources: Vec<SourceOf>,
    pub(in crate::metrics) webhooks: Vec<Known>,
    /// What the last proof of the audit came to.
    pub(in crate::metrics) audit: Option<Proved>,
}

/// What a proof of the audit came to.
pub(in crate::metrics) struct Proved {
    pub(in crate::metrics) at: Timestamp,
    pub(in crate::metrics) holds: bool,
}

/// The session of an account of the configuration.
pub(in crate::metrics) struct SessionOf {
    pub(in crate::metrics) account: AccountKey,
    pub(in crate::metrics) generation: Generation,
    pub(in crate::metrics) state: SessionState,
}

/// A collection that records are taken from.
pub(in crate::metrics) struct SourceOf {
    pub(in crate::metrics) name: SourceName,
    pub(in crate::metrics) state: SourceState,
    pub(in crate::metrics) counts: SourceCounts,
    pub(in crate::metrics) quarantined: u64,
    pub(in crate::metrics) refused: u64,
    /// When the changes happened up to which it was read.
    pub(in crate::metrics) reached_at: Option<Timestamp>,
}

/// Reads all of it.
pub(super) async fn read(store: &dyn Store, asked: &Asked<'_>) -> Result<Kept, StoreError> {
    let begun = Instant::now();
    let due_at = store.next_due_at().await?;
    let ping = begun.elapsed();
    let (stats, sessions, questions, nodes, sources, webhooks, audit) = tokio::try_join!(
        store.stats(),
        store.sessions(),
        store.open_questions(asked.now),
        store.nodes(),
        asked.sources.list(),
        asked.webhooks.known(),
        verdict(store)
    )?;
    Ok(Kept {
        ping,
        schema: store.schema(),
        stats,
        due_at,
        sessions: of_accounts(asked.accounts, &sessions),
        questions: questions
            .into_iter()
            .map(|question| (question.kind, question.asked_at))
            .collect(),
        nodes,
        sources: sources.into_iter().map(source).collect(),
        webhooks,
        audit: audit.map(|verdict| Proved {
            at: verdict.at,
            holds: verdict.broken.is_none(),
        }),
    })
}

fn source(status: SourceStatus) -> SourceOf {
    let saved = status.saved.as_ref();
    SourceOf {
        state: status.state,
        counts: saved.map(|saved| saved.counts).unwrap_or_default(),
        quarantined: saved.map_or(0, |saved| saved.quarantined),
        refused: saved.map_or(0, |saved| saved.refused),
        reached_at: saved
            .and_then(|saved| saved.reached.as_ref())
            .map(|reached| reached.at),
        name: status.name,
    }
}

/// An account that has never logged in has a session that is cold.
fn of_accounts(accounts: &[AccountKey], saved: &[(AccountKey, SavedSession)]) -> Vec<SessionOf> {
    let of = |account: &AccountKey| {
        let found = saved.iter().find(|(key, _)| key == account);
        let (generation, state) = found
            .map_or((Generation::default(), SessionState::Cold), |(_, saved)| {
                (saved.generation, saved.state.clone())
            });
        SessionOf {
            account: account.clone(),
            generation,
            state,
        }
    };
    accounts.iter().map(of).collect()
}
