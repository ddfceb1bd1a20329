//! Finding questions.

use formhand_domain::{AccountKey, AccountName, PortalName, QuestionId};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::bson::{Bson, Document, doc};

use super::super::{
    collections::Collections,
    document::{number, optional_text, text},
};
use crate::{
    Question, StoreError, json,
    seal::{Places, Seal},
    time,
};

/// One question.
pub(in super::super) async fn find(
    store: &Collections,
    id: &QuestionId,
) -> Result<Option<Question>, StoreError> {
    let found = store
        .questions
        .find_one(doc! { "_id": id.as_str() })
        .await?;
    found
        .as_ref()
        .map(|found| question(&store.seal, found))
        .transpose()
}

/// Questions without an answer that are not too old, oldest first.
pub(in super::super) async fn open(
    store: &Collections,
    now: Timestamp,
) -> Result<Vec<Question>, StoreError> {
    let found: Vec<Document> = store
        .questions
        .find(doc! {
            "answer": { "$exists": false },
            "expires_at": { "$gt": time::present(now) },
        })
        .sort(doc! { "asked_at": 1, "_id": 1 })
        .await?
        .try_collect()
        .await?;
    found
        .iter()
        .map(|found| question(&store.seal, found))
        .collect()
}

fn question(seal: &Seal, document: &Document) -> Result<Question, StoreError> {
    let place = |field| Ok::<_, StoreError>(Places::question(text(document, "_id")?, field));
    let picture = match document.get("picture") {
        Some(Bson::Binary(binary)) => binary.bytes.clone(),
        _ => {
            return Err(StoreError::Corrupt(
                "a question's picture that is none".into(),
            ));
        }
    };
    let picture = seal.open_bytes(&place("picture")?, picture)?;
    let answer = match optional_text(document, "answer")? {
        Some(answer) => Some(seal.open_text(&place("answer")?, answer.to_owned())?),
        None => None,
    };
    let kind = text(document, "kind")?;
    Ok(Question {
        id: json::parse(QuestionId::new(text(document, "_id")?))?,
        kind: json::decode(json::FORMAT, &format!("\"{kind}\""))?,
        account: AccountKey {
            portal: json::parse(PortalName::new(text(document, "portal")?))?,
            account: json::parse(AccountName::new(text(document, "account")?))?,
        },
        picture,
        asked_at: time::read(number(document, "asked_at")?)?,
        expires_at: time::read(number(document, "expires_at")?)?,
        answer,
    })
}
