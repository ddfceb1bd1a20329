//! Answering a question.

use formhand_domain::QuestionId;
use jiff::Timestamp;
use mongodb::bson::doc;

use super::super::collections::Collections;
use crate::{StoreError, seal::Places, time};

/// Answers a question if it is still open.
pub(in super::super) async fn answer(
    store: &Collections,
    id: &QuestionId,
    answer: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let open = doc! {
        "_id": id.as_str(),
        "answer": { "$exists": false },
        "expires_at": { "$gt": time::present(now) },
    };
    let place = Places::question(id.as_str(), "answer");
    let sealed = store.seal.text(&place, answer.to_owned());
    let answered = doc! { "$set": { "answer": sealed, "answered_at": time::present(now) } };
    let done = store.questions.update_one(open, answered).await?;
    Ok(done.matched_count == 1)
}
