//! Asking a question.

use jiff::{SignedDuration, Timestamp};
use mongodb::bson::{Binary, Document, doc, spec::BinarySubtype};

use super::super::collections::Collections;
use crate::{
    Question, StoreError, json,
    seal::{Places, Seal},
    time,
};

/// A question that is over is kept this long, for a person who wonders what happened.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Stores a question, and removes those that are long over: their pictures would fill the disk.
pub(in super::super) async fn ask(
    store: &Collections,
    question: &Question,
) -> Result<(), StoreError> {
    let oldest = question
        .asked_at
        .saturating_sub(KEPT)
        .unwrap_or(Timestamp::MIN);
    store
        .questions
        .delete_many(doc! { "expires_at": { "$lt": time::present(oldest) } })
        .await?;
    store
        .questions
        .insert_one(document(&store.seal, question)?)
        .await?;
    Ok(())
}

/// A question as a document.
pub(in super::super) fn document(seal: &Seal, question: &Question) -> Result<Document, StoreError> {
    let id = question.id.as_str();
    let kind = json::encode(&question.kind)?;
    let picture = Binary {
        subtype: BinarySubtype::Generic,
        bytes: seal
            .bytes(&Places::question(id, "picture"), &question.picture)
            .into_owned(),
    };
    let mut document = doc! {
        "_id": question.id.as_str(),
        "kind": kind.trim_matches('"'),
        "portal": question.account.portal.as_str(),
        "account": question.account.account.as_str(),
        "picture": picture,
        "asked_at": time::stored(question.asked_at),
        "expires_at": time::stored(question.expires_at),
    };
    if let Some(answer) = &question.answer {
        let place = Places::question(id, "answer");
        document.insert("answer", seal.text(&place, answer.clone()));
        document.insert("answered_at", time::stored(question.asked_at));
    }
    Ok(document)
}
