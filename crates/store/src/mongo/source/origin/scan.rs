//! Ids of a collection, in their order, whatever kinds of values they are.

use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::bson::{Bson, Document, doc, oid::ObjectId};

use super::{super::position::Place, here::Here};
use crate::{DocumentId, OriginError, Position, Scan};

/// The next ids of a scan.
pub(super) async fn ids(
    here: &Here,
    scan: &Scan,
    limit: u32,
    as_of: &Position,
) -> Result<Vec<DocumentId>, OriginError> {
    let after = scan.after.as_ref().map(DocumentId::bson).transpose()?;
    let first = after.or_else(|| scan.since.map(made_since));
    let mut session = here.session(Some(Place::of(as_of)?.time)).await?;
    let index = doc! { "_id": 1 };
    // A comparison in the query would leave out ids of other kinds than that which it compares with; the bound of the
    // index does not. It is one that is looked at, too, so it may be the one that was seen last.
    let mut found = here
        .collection
        .find(doc! {})
        .projection(doc! { "_id": 1 })
        .sort(index.clone())
        .hint(mongodb::options::Hint::Keys(index))
        .limit(i64::from(limit) + 1)
        .session(&mut session);
    if let Some(first) = first {
        found = found.min(doc! { "_id": first });
    }
    let mut found = found.await?;
    let found: Vec<Document> = found.stream(&mut session).try_collect().await?;
    let ids = found
        .into_iter()
        .filter_map(|mut document| document.remove("_id"));
    let mut ids: Vec<DocumentId> = ids.map(DocumentId::of).collect::<Result<_, _>>()?;
    ids.retain(|id| scan.after.as_ref() != Some(id));
    ids.truncate(limit as usize);
    Ok(ids)
}

/// Whether every id says when it was made: of all ids the first and the last are of the kind that holds a time, and ids are
/// in the order of their kinds.
pub(super) async fn ids_tell_time(here: &Here, as_of: &Position) -> Result<bool, OriginError> {
    let mut session = here.session(Some(Place::of(as_of)?.time)).await?;
    for order in [1, -1] {
        let end = here
            .collection
            .find_one(doc! {})
            .projection(doc! { "_id": 1 })
            .sort(doc! { "_id": order })
            .session(&mut session)
            .await?;
        let id = end.as_ref().and_then(|end| end.get("_id"));
        if !matches!(id, None | Some(Bson::ObjectId(_))) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The first id that can be made at this time.
fn made_since(since: Timestamp) -> Bson {
    let seconds = u32::try_from(since.as_second()).unwrap_or(0);
    Bson::ObjectId(ObjectId::from_parts(seconds, [0; 5], [0; 3]))
}
