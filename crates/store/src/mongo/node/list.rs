//! The servers.

use formhand_domain::NodeId;
use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::super::{
    collections::Collections,
    document::{number, text},
};
use crate::{Node, NodeEntry, StoreError, json, time};

/// All of them, in the order of their names.
pub(in super::super) async fn list(store: &Collections) -> Result<Vec<Node>, StoreError> {
    let found: Vec<Document> = store
        .nodes
        .find(doc! {})
        .sort(doc! { "_id": 1 })
        .await?
        .try_collect()
        .await?;
    found.iter().map(node).collect()
}

/// The server of a document.
pub(super) fn node(document: &Document) -> Result<Node, StoreError> {
    let small = |field| json::parse(u32::try_from(number(document, field)?));
    Ok(Node {
        entry: NodeEntry {
            id: json::parse(NodeId::new(text(document, "_id")?))?,
            version: text(document, "version")?.to_owned(),
            schema: small("schema")?,
            workers: small("workers")?,
            at_work: small("at_work")?,
            started_at: time::read(number(document, "started_at")?)?,
            seen_at: time::read(number(document, "seen_at")?)?,
        },
        drain: document.get_bool("drain").unwrap_or(false),
    })
}
