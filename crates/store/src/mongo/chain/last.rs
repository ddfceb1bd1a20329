//! Behind what the next link comes.

use mongodb::{
    bson::{Document, doc},
    options::ReadConcern,
};

use super::{
    super::{collections::Collections, document::number},
    document,
};
use crate::{Bond, Digest, StoreError};

/// The end of the chain, as far as it stays.
pub(in super::super) struct Last {
    pub(in super::super) seq: i64,
    pub(in super::super) link: Digest,
}

impl Last {
    /// Puts a link behind it, and gives its number and bond.
    pub(in super::super) fn append(&mut self, digest: Digest) -> Result<(i64, Bond), StoreError> {
        self.seq += 1;
        let seq = crate::json::parse(u64::try_from(self.seq))?;
        let bond = Bond::behind(&self.link, seq, digest);
        self.link = bond.link;
        Ok((self.seq, bond))
    }
}

/// Reads what a majority has. What is behind that may be lost yet, and a link that was made of it would be wrong then; who
/// takes its number meanwhile is told that it is taken.
///
/// No number comes back, also none of an entry that was removed before there was a chain.
pub(in super::super) async fn last(store: &Collections) -> Result<Last, StoreError> {
    let found = store
        .audit
        .find_one(doc! {})
        .sort(doc! { "_id": -1 })
        .projection(doc! { "link": 1 })
        .read_concern(ReadConcern::majority())
        .await?;
    let link = found.as_ref().and_then(link_of);
    let seq = found.map_or(Ok(0), |found| number(&found, "_id"))?;
    let removed = store.meta.find_one(doc! { "_id": "audit" }).await?;
    let removed = removed.map_or(Ok(0), |removed| number(&removed, "last"))?;
    Ok(Last {
        seq: seq.max(removed),
        // One that was put there past the chain breaks it, and is found; it keeps nobody from writing.
        link: link.unwrap_or(Digest::NOTHING),
    })
}

fn link_of(document: &Document) -> Option<Digest> {
    Digest::read(document::bytes(document, document::LINK)?)
}
