//! How many jobs there are.

use super::super::{collections::Collections, counts};
use crate::{
    Stats, StoreError,
    rules::{self, Cell},
};

/// Jobs by status, over all portals and by account.
pub(in super::super) async fn stats(store: &Collections) -> Result<Stats, StoreError> {
    counted(store).await.map(rules::stats)
}

/// The counts, of which none is below zero as they are of one moment.
pub(super) async fn counted(store: &Collections) -> Result<Vec<(Cell, u64)>, StoreError> {
    let cells = counts::cells(store).await?.into_iter();
    let cells = cells.map(|(cell, jobs)| (cell, u64::try_from(jobs).unwrap_or(0)));
    Ok(cells.filter(|(_, jobs)| *jobs > 0).collect())
}
