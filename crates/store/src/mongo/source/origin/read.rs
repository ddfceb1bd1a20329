//! Documents, as they are now.

use futures_util::TryStreamExt;
use mongodb::bson::{Bson, Document, RawDocument, RawDocumentBuf, doc};
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
) -> Result<Vec<(DocumentId, Option<Value>)>, OriginError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let as_of = as_of.map(Place::of).transpose()?.map(|place| place.time);
    let mut session = here.session(as_of).await?;
    let which = doc! { "_id": { "$in": bsons(ids)? } };
    let raw = here.collection.clone_with_type::<RawDocumentBuf>();
    let mut found = raw.find(which).session(&mut session).await?;
    let found: Vec<RawDocumentBuf> = found.stream(&mut session).try_collect().await?;
    found.iter().map(|raw| json(raw)).collect()
}

fn json(raw: &RawDocument) -> Result<(DocumentId, Option<Value>), OriginError> {
    let id = raw
        .get("_id")
        .ok()
        .flatten()
        .and_then(|id| Bson::try_from(id).ok());
    let id = id.ok_or_else(|| OriginError::Failed("a document without an id".into()))?;
    let document = Document::try_from(raw).ok();
    let value = document.map(|document| Bson::Document(document).into_relaxed_extjson());
    Ok((DocumentId::of(id)?, value))
}
