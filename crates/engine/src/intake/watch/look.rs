//! Looking at documents that may be ready.

use std::collections::{HashMap, HashSet};

use formhand_domain::IdempotencyKey;
use formhand_store::{DocumentId, DocumentProblem, Looked, Position, StoreError, Verdict};

use super::{judge::judge, key::key_of, source::Source, trouble::Trouble};

/// Looks at documents as they are now, which is at least as they were at this position, each once and in their order.
///
/// Those that were taken before are not even read.
pub(super) async fn look(
    source: &Source,
    ids: Vec<DocumentId>,
    as_of: Option<&Position>,
) -> Result<Vec<Looked>, Trouble> {
    let mut met = HashSet::new();
    let ids: Vec<DocumentId> = ids
        .into_iter()
        .filter(|id| met.insert(id.clone()))
        .collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<IdempotencyKey> = ids
        .iter()
        .map(|id| key_of(source.name(), id))
        .collect::<Result<_, _>>()
        .map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let known = source.sources.taken(&keys).await?;
    let pairs = ids.iter().zip(&keys);
    let new: Vec<DocumentId> = pairs
        .filter(|(_, key)| !known.contains(*key))
        .map(|(id, _)| id.clone())
        .collect();
    let read = source.origin().await?.read(&new, as_of).await?;
    let read: HashMap<_, _> = read.into_iter().collect();
    let verdict = |id: &DocumentId, random: u128| match read.get(id) {
        Some(Some(value)) => judge(&source.setup, &source.intake, id, value, random),
        Some(None) => Ok(unreadable()),
        // Taken before, or gone.
        None => Ok(Verdict::Nothing),
    };
    let looked = rising(ids.len())
        .into_iter()
        .zip(ids)
        .map(|(random, document)| {
            Ok(Looked {
                verdict: verdict(&document, random)?,
                document,
            })
        });
    looked
        .collect::<Result<_, StoreError>>()
        .map_err(Trouble::from)
}

/// What is said of a document that nobody can read.
fn unreadable() -> Verdict {
    Verdict::Broken(vec![DocumentProblem {
        path: String::new(),
        field: "document".to_owned(),
        message:
            "holds a text that is no UTF-8, so it cannot be read; expected it to be written anew"
                .to_owned(),
    }])
}

/// So many random numbers in their order, so that jobs keep that of their documents.
fn rising(count: usize) -> Vec<u128> {
    // An id has room for 80 bits.
    let mut numbers: Vec<u128> = (0..count).map(|_| rand::random::<u128>() >> 48).collect();
    numbers.sort_unstable();
    numbers
}
