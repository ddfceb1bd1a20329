//! Documents, as they are now.

use futures_util::TryStreamExt;
use mongodb::bson::{Bson, Document, doc};
use serde_json::Value;

use super::{
    super::position::Place,
    here::{Here, bsons},
};
use crate::{DocumentId, OriginError, Position};

/// The documents of these ids that are there.
pub(super) async fn read(
    here: &Here,
    ids: &[DocumentId],
    as_of: Option<&Position>,
) -> Result<Vec<(DocumentId, Value)>, OriginError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let as_of = as_of.map(Place::of).transpose()?.map(|place| place.time);
    let mut session = here.session(as_of).await?;
    let which = doc! { "_id": { "$in": bsons(ids)? } };
    let mut found = here.collection.find(which).session(&mut session).await?;
    let found: Vec<Document> = found.stream(&mut session).try_collect().await?;
    found.into_iter().map(json).collect()
}

fn json(document: Document) -> Result<(DocumentId, Value), OriginError> {
    let id = document.get("_id").cloned();
    let id = id.ok_or_else(|| OriginError::Failed("a document without an id".into()))?;
    Ok((
        DocumentId::of(id)?,
        Bson::Document(document).into_relaxed_extjson(),
    ))
}
