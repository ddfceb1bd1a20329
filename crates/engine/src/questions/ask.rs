//! Puts a question and waits for its answer.

use std::{sync::Arc, time::Duration};

use formhand_domain::{AccountKey, Clock, QuestionId};
use formhand_store::{Change, Question, QuestionKind, Store, StoreError};
use jiff::SignedDuration;
use thiserror::Error;
use tokio::sync::broadcast::error::RecvError;

/// Asks a person about an account.
pub(crate) struct Asker {
    pub(crate) account: AccountKey,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
}

/// There is no answer.
#[derive(Debug, Error)]
pub(crate) enum AskError {
    /// Nobody answered in time.
    #[error("nobody answered within {0:?}")]
    Nobody(Duration),
    /// The store closed in the meantime.
    #[error("the server ended before somebody answered")]
    Closing,
    /// The question cannot be kept or read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How long an answer is worth something: neither pictures nor codes live longer.
pub(crate) const PATIENCE: Duration = Duration::from_mins(3);

impl Asker {
    /// Asks, and waits for as long as an answer is worth something. There is no picture if it is empty.
    pub(crate) async fn ask(
        &self,
        kind: QuestionKind,
        picture: Vec<u8>,
    ) -> Result<String, AskError> {
        let id = self.put(kind, picture).await?;
        tokio::time::timeout(PATIENCE, self.answer_to(&id))
            .await
            .map_err(|_| AskError::Nobody(PATIENCE))?
    }

    async fn put(&self, kind: QuestionKind, picture: Vec<u8>) -> Result<QuestionId, AskError> {
        let now = self.clock.now();
        let id = QuestionId::new(format!("{:016x}", rand::random::<u64>()))
            .expect("sixteen digits are a name");
        let patience = SignedDuration::try_from(PATIENCE).unwrap_or(SignedDuration::from_mins(3));
        let question = Question {
            id: id.clone(),
            kind,
            account: self.account.clone(),
            picture,
            asked_at: now,
            expires_at: now.saturating_add(patience).unwrap_or(now),
            answer: None,
        };
        self.store.ask(question).await?;
        let account = &self.account;
        match kind {
            QuestionKind::Captcha => {
                tracing::warn!(%account, question = %id, "a captcha waits for a person");
            }
            QuestionKind::OneTimeCode => {
                tracing::warn!(%account, question = %id, "the portal asks a person for a one-time code");
            }
        }
        Ok(id)
    }

    async fn answer_to(&self, id: &QuestionId) -> Result<String, AskError> {
        // Listen before looking: an answer between the two must not be missed.
        let mut changes = self.store.changes();
        loop {
            let question = self.store.question(id).await?;
            if let Some(answer) = question.and_then(|question| question.answer) {
                return Ok(answer);
            }
            loop {
                match changes.recv().await {
                    Ok(Change::Question | Change::Missed) | Err(RecvError::Lagged(_)) => break,
                    Ok(_) => {}
                    Err(RecvError::Closed) => return Err(AskError::Closing),
                }
            }
        }
    }
}
