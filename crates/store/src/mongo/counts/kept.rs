//! The document of the counts.

use std::collections::BTreeMap;

use formhand_domain::{AccountKey, AccountName, PortalName};
use mongodb::bson::{Document, doc};

use super::super::{
    collections::Collections,
    document::{documents, number, text},
};
use crate::{StoreError, json, rules::Cell};

/// Its name.
pub(super) const ID: &str = "jobs";

/// Jobs by account and status.
pub(in super::super) type Cells = BTreeMap<Cell, i64>;

/// The counts as they are kept.
pub(super) struct Kept {
    /// Rises with every change.
    pub(super) revision: i64,
    /// The number of the last entry that is in them.
    pub(super) upto: i64,
    /// Which outcomes by hour belong to them.
    pub(super) series: String,
    /// Removed jobs that were taken off, and whose notes may still be there.
    pub(super) taken: Vec<String>,
    pub(super) cells: Cells,
}

/// Reads them.
pub(super) async fn kept(store: &Collections) -> Result<Kept, StoreError> {
    let found = find(store).await?;
    found.ok_or_else(|| StoreError::Corrupt("the counts of the jobs are not there".into()))
}

/// Reads them, if they are there.
pub(super) async fn find(store: &Collections) -> Result<Option<Kept>, StoreError> {
    let found = store.counts.find_one(doc! { "_id": ID }).await?;
    found.as_ref().map(Kept::read).transpose()
}

impl Kept {
    fn read(document: &Document) -> Result<Self, StoreError> {
        let taken = document.get_array("taken").map_or(&[][..], Vec::as_slice);
        let taken = taken.iter().filter_map(|id| id.as_str());
        let mut cells = Cells::new();
        for cell in documents(document, "cells")? {
            cells.insert(read_cell(cell)?, number(cell, "jobs")?);
        }
        Ok(Self {
            revision: number(document, "revision")?,
            upto: number(document, "upto")?,
            series: text(document, "series")?.to_owned(),
            taken: taken.map(str::to_owned).collect(),
            cells,
        })
    }

    pub(super) fn document(&self) -> Document {
        let counted = self.cells.iter().filter(|(_, jobs)| **jobs != 0);
        let cells: Vec<Document> = counted
            .map(|(cell, jobs)| {
                let mut document = cell_document(cell);
                document.insert("jobs", *jobs);
                document
            })
            .collect();
        doc! {
            "_id": ID,
            "revision": self.revision,
            "upto": self.upto,
            "series": &self.series,
            "taken": &self.taken,
            "cells": cells,
        }
    }
}

/// What is counted together.
pub(super) fn cell_document(cell: &Cell) -> Document {
    doc! {
        "portal": cell.account.portal.as_str(),
        "account": cell.account.account.as_str(),
        "status": cell.status.as_str(),
        "waiting": cell.waiting,
    }
}

pub(super) fn read_cell(document: &Document) -> Result<Cell, StoreError> {
    Ok(Cell {
        account: account(document)?,
        status: json::parse(text(document, "status")?.parse())?,
        waiting: document.get_bool("waiting").unwrap_or(false),
    })
}

/// The account of a job or of a count.
pub(super) fn account(document: &Document) -> Result<AccountKey, StoreError> {
    Ok(AccountKey {
        portal: json::parse(PortalName::new(text(document, "portal")?))?,
        account: json::parse(AccountName::new(text(document, "account")?))?,
    })
}
