//! Reading the chain.

use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::{
    super::{audit, collections::Collections, document::number},
    document::{act, bond, salt},
};
use crate::{Content, Head, Kept, Link, StoreError, json, seal::Seal};

/// Entries after `seq`.
pub(super) async fn links(
    store: &Collections,
    seq: u64,
    limit: u32,
) -> Result<Vec<Link>, StoreError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    audit::number_all(store).await?;
    // Numbers begin with one, so what lies before that was put there; it is read first.
    let seq = match seq {
        0 => i64::MIN,
        seq => i64::try_from(seq).unwrap_or(i64::MAX),
    };
    let found: Vec<Document> = store
        .audit
        .find(doc! { "_id": { "$gt": seq } })
        .sort(doc! { "_id": 1 })
        .limit(i64::from(limit))
        .await?
        .try_collect()
        .await?;
    found
        .iter()
        .map(|document| link(&store.seal, document))
        .collect()
}

/// The last link.
pub(super) async fn head(store: &Collections) -> Result<Option<Head>, StoreError> {
    audit::number_all(store).await?;
    let last = super::last(store).await?;
    let head = Head {
        seq: json::parse(u64::try_from(last.seq))?,
        link: last.link,
    };
    Ok((head.seq > 0).then_some(head))
}

fn link(seal: &Seal, document: &Document) -> Result<Link, StoreError> {
    Ok(Link {
        seq: u64::try_from(number(document, "_id")?).unwrap_or(0),
        bond: bond(document),
        kept: kept(seal, document)?,
    })
}

fn kept(seal: &Seal, document: &Document) -> Result<Kept, StoreError> {
    let content = match (document.contains_key("job"), document.contains_key("deed")) {
        (false, false) => return Ok(Kept::Removed),
        (true, false) => {
            audit::entry(seal, document).map(|entry| Some(Content::Job(Box::new(entry))))
        }
        (false, true) => act(document).map(|act| act.map(Content::Act)),
        (true, true) => Ok(None),
    };
    match content {
        Ok(content) => Ok(Kept::read(salt(document), content)),
        // What cannot be read is a finding, and no reason not to read on.
        Err(StoreError::Corrupt(_)) => Ok(Kept::Unreadable),
        Err(other) => Err(other),
    }
}
