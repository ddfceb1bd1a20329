//! Asks a person, by a question that waits in the store.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use formhand_domain::{AccountKey, Clock, QuestionId};
use formhand_store::{Change, Question, QuestionKind, Store};
use jiff::SignedDuration;
use tokio::sync::broadcast::error::RecvError;

use super::{Picture, SolveError, Solver};

/// Asks a person.
pub(super) struct Human {
    pub(super) account: AccountKey,
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Arc<dyn Clock>,
}

/// How long a picture is worth an answer.
const PATIENCE: Duration = Duration::from_mins(3);

#[async_trait]
impl Solver for Human {
    async fn solve(&self, picture: &Picture) -> Result<String, SolveError> {
        let id = self.ask(picture).await?;
        let answer = tokio::time::timeout(PATIENCE, self.answer_to(&id))
            .await
            .map_err(|_| SolveError::Nobody(format!("{PATIENCE:?}")))??;
        picture.accept(&answer)
    }
}

impl Human {
    async fn ask(&self, picture: &Picture) -> Result<QuestionId, SolveError> {
        let now = self.clock.now();
        let id = QuestionId::new(format!("{:016x}", rand::random::<u64>()))
            .map_err(|error| SolveError::Picture(error.to_string()))?;
        let patience = SignedDuration::try_from(PATIENCE).unwrap_or(SignedDuration::from_mins(3));
        let question = Question {
            id: id.clone(),
            kind: QuestionKind::Captcha,
            account: self.account.clone(),
            picture: picture.png.clone(),
            asked_at: now,
            expires_at: now.saturating_add(patience).unwrap_or(now),
            answer: None,
        };
        self.store
            .ask(question)
            .await
            .map_err(|error| store_failed(&error))?;
        tracing::warn!(account = %self.account, question = %id, "a captcha waits for a person");
        Ok(id)
    }

    async fn answer_to(&self, id: &QuestionId) -> Result<String, SolveError> {
        // Listen before looking: an answer between the two must not be missed.
        let mut changes = self.store.changes();
        loop {
            let question = self
                .store
                .question(id)
                .await
                .map_err(|error| store_failed(&error))?;
            if let Some(answer) = question.and_then(|question| question.answer) {
                return Ok(answer);
            }
            loop {
                match changes.recv().await {
                    Ok(Change::Question) | Err(RecvError::Lagged(_)) => break,
                    Ok(_) => {}
                    Err(RecvError::Closed) => {
                        return Err(SolveError::Nobody("the server's life".into()));
                    }
                }
            }
        }
    }
}

fn store_failed(error: &formhand_store::StoreError) -> SolveError {
    SolveError::Program {
        program: "question".into(),
        why: error.to_string(),
    }
}
