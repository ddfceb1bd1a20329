//! Asks a person for the code that the portal has sent.

use async_trait::async_trait;
use formhand_domain::Secret;
use formhand_store::QuestionKind;

use super::{CodeError, CodeSource};
use crate::questions::{AskError, Asker, PATIENCE};

/// Asks a person.
pub(super) struct Human(pub(super) Asker);

#[async_trait]
impl CodeSource for Human {
    async fn code(&self, digits: usize) -> Result<Secret, CodeError> {
        let asking = self.ask(digits);
        let answered = tokio::time::timeout(PATIENCE, asking).await;
        answered.unwrap_or(Err(CodeError::Question(AskError::Nobody(PATIENCE))))
    }
}

impl Human {
    /// Asks again when an answer cannot be a code: the portal takes one answer only, and a slip of the pen is none.
    async fn ask(&self, digits: usize) -> Result<Secret, CodeError> {
        loop {
            let answer = self.0.ask(QuestionKind::OneTimeCode, Vec::new()).await?;
            let code: String = answer.chars().filter(|c| !c.is_whitespace()).collect();
            if code.len() == digits && code.chars().all(|digit| digit.is_ascii_digit()) {
                return Ok(Secret::new(code));
            }
            tracing::warn!(account = %self.0.account, digits, "what was answered is no one-time code");
        }
    }
}
