//! Asks a person to read the picture.

use async_trait::async_trait;
use formhand_store::QuestionKind;

use super::{Picture, SolveError, Solver};
use crate::questions::Asker;

/// Asks a person.
pub(super) struct Human(pub(super) Asker);

#[async_trait]
impl Solver for Human {
    async fn solve(&self, picture: &Picture) -> Result<String, SolveError> {
        let asked = self.0.ask(QuestionKind::Captcha, picture.png.clone());
        picture.accept(&asked.await?)
    }
}
