//! How far a source was read, as a part of its document.

use mongodb::bson::{Document, doc};

use super::super::document::{number, optional_number};
use crate::{DocumentId, Position, Reached, Scan, StoreError, time};

/// As the source's document holds it.
pub(super) fn document(reached: &Reached) -> Result<Document, StoreError> {
    let mut document = doc! {
        "position": reached.position.document()?,
        "at": time::present(reached.at),
    };
    if let Some(scan) = &reached.scan {
        let mut part = Document::new();
        if let Some(since) = scan.since {
            part.insert("since", time::present(since));
        }
        if let Some(after) = &scan.after {
            part.insert("after", doc! { "id": after.bson()? });
        }
        document.insert("scan", part);
    }
    Ok(document)
}

/// As it was kept.
pub(super) fn read(document: &Document) -> Result<Reached, StoreError> {
    let position = document
        .get_document("position")
        .map_err(|_| StoreError::Corrupt("a source without a position".into()))?;
    let scan = document.get_document("scan").ok().map(scan).transpose()?;
    Ok(Reached {
        position: Position::kept(position)?,
        at: time::read(number(document, "at")?)?,
        scan,
    })
}

fn scan(part: &Document) -> Result<Scan, StoreError> {
    let after = part
        .get_document("after")
        .ok()
        .and_then(|after| after.get("id"));
    Ok(Scan {
        since: optional_number(part, "since")?
            .map(time::read)
            .transpose()?,
        after: after.cloned().map(DocumentId::of).transpose()?,
    })
}
