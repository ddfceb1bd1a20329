//! A right that one server at a time has, as fields of a document: of an account, or of a source. The token decides, not the
//! time: as long as nobody else took over, nobody else acts.

use formhand_domain::{FencingToken, Lease, NodeId};
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use super::document::{count, number, optional_number, optional_text, stored};
use crate::{StoreError, json, time};

/// Who has the right.
pub(super) fn held(document: &Document) -> Result<Option<Lease>, StoreError> {
    let Some(owner) = optional_text(document, "keeper")? else {
        return Ok(None);
    };
    Ok(Some(Lease {
        owner: json::parse(NodeId::new(owner))?,
        token: FencingToken(count(document, "keeper_token")?),
        expires_at: time::read(number(document, "keeper_expires_at")?)?,
    }))
}

/// Whoever keeps a server from the right. One that had it under the same name does not: its former process is dead.
pub(super) fn in_the_way(
    before: &Document,
    owner: &NodeId,
    now: Timestamp,
) -> Result<Option<Lease>, StoreError> {
    let Some(lease) = held(before)? else {
        return Ok(None);
    };
    let has_ended = number(before, "keeper_expires_at")? <= time::present(now);
    Ok((lease.owner != *owner && !has_ended).then_some(lease))
}

/// The lease that a server gets after what was before, and the fields that say so.
pub(super) fn granted(
    before: &Document,
    owner: &NodeId,
    expires_at: Timestamp,
) -> Result<(Lease, Document), StoreError> {
    let token = optional_number(before, "keeper_token")?.unwrap_or_default() + 1;
    let fields = doc! {
        "keeper": owner.as_str(),
        "keeper_token": token,
        "keeper_expires_at": time::stored(expires_at),
    };
    let lease = Lease {
        owner: owner.clone(),
        token: FencingToken(json::parse(u64::try_from(token))?),
        expires_at,
    };
    Ok((lease, fields))
}

/// The document of this id, if this right is still there.
pub(super) fn kept(id: &str, keeper: FencingToken) -> Result<Document, StoreError> {
    Ok(doc! {
        "_id": id,
        "keeper": { "$exists": true },
        "keeper_token": stored(keeper.0)?,
    })
}

/// The same, if it has not ended either.
pub(super) fn unended(
    id: &str,
    keeper: FencingToken,
    now: Timestamp,
) -> Result<Document, StoreError> {
    let mut condition = kept(id, keeper)?;
    condition.insert("keeper_expires_at", doc! { "$gt": time::present(now) });
    Ok(condition)
}

/// The field that says when it ends.
pub(super) fn end(at: Timestamp) -> Document {
    doc! { "keeper_expires_at": time::stored(at) }
}
