//! Which index is read for a filter.

use futures_util::future::try_join_all;
use mongodb::{
    bson::{Document, doc},
    options::{Hint, ReadConcern},
};

use super::{
    super::super::collections::Collections,
    filter::{but_words, word, word_unindexed},
};
use crate::{JobFilter, StoreError, json};

/// Jobs that are looked at for one page, some 10 ms worth. A filter that few of them fit is gone on with by the next page.
pub(super) const LOOKED: u32 = 2_500;

/// What the kept counts say of a filter.
pub(super) struct Counted {
    /// How many jobs it holds by status, portal and account.
    pub(super) jobs: u64,
    /// The portals that have an account of the name that it asks for.
    pub(super) portals: Vec<String>,
}

/// How a filter is read.
pub(super) struct Way {
    /// The index.
    index: &'static str,
    /// What the index has in order: the query without what is looked at job by job.
    pub(super) ordered: Document,
    /// The whole query, but for the ids.
    pub(super) wanted: Document,
    /// Whether so many jobs may have to be looked at that it is done in parts.
    pub(super) is_long: bool,
}

impl Way {
    /// Chooses one.
    pub(super) async fn of(
        store: &Collections,
        filter: &JobFilter,
        counted: &Counted,
    ) -> Result<Self, StoreError> {
        let words = filter.text.as_ref().map_or(&[][..], |text| text.words());
        let key = if filter.caller_id.is_some() {
            Some("by_caller_id")
        } else {
            filter.business_key.as_ref().map(|_| "by_business_key")
        };
        if let Some(index) = key {
            return Ok(Self::short(index, and(but_words(filter, false), words)));
        }
        let index = match (&filter.account, &filter.portal) {
            (Some(_), _) => "by_account",
            (None, Some(_)) => "by_portal",
            (None, None) if filter.statuses.is_empty() => "_id_",
            (None, None) => "by_status",
        };
        let mut wanted = but_words(filter, index != "_id_");
        if filter.account.is_some() && filter.portal.is_none() {
            // So that the index has them in order: it is by portal too.
            wanted.insert("portal", doc! { "$in": counted.portals.clone() });
        }
        let is_few = counted.jobs <= u64::from(LOOKED);
        if !is_few && let Some(rare) = rarest(store, words).await? {
            let others: Vec<String> = words
                .iter()
                .filter(|word| **word != rare)
                .cloned()
                .collect();
            let mut query = and(but_words(filter, false), &others);
            query.extend(word(&rare));
            return Ok(Self::short("words", query));
        }
        let mut ordered = wanted.clone();
        ordered.remove("flow");
        Ok(Self {
            index,
            is_long: !is_few && (filter.flow.is_some() || !words.is_empty()),
            wanted: and(wanted, words),
            ordered,
        })
    }

    /// An index that has few jobs of this filter.
    fn short(index: &'static str, wanted: Document) -> Self {
        Self {
            index,
            ordered: Document::new(),
            wanted,
            is_long: false,
        }
    }

    pub(super) fn hint(&self) -> Hint {
        Hint::Name(self.index.to_owned())
    }
}

fn and(mut query: Document, words: &[String]) -> Document {
    if !words.is_empty() {
        let words: Vec<Document> = words.iter().map(|word| word_unindexed(word)).collect();
        query.insert("$and", words);
    }
    query
}

/// The word that the fewest jobs have, if those are few.
async fn rarest(store: &Collections, words: &[String]) -> Result<Option<String>, StoreError> {
    let counts = words.iter().map(|beginning| async move {
        let counting = store
            .jobs
            .count_documents(word(beginning))
            .limit(u64::from(LOOKED) + 1)
            .hint(Hint::Name("words".to_owned()))
            .read_concern(ReadConcern::local());
        let count: u32 = json::parse(u32::try_from(counting.await?))?;
        Ok::<_, StoreError>((count, beginning))
    });
    let counts = try_join_all(counts).await?;
    let few = counts.into_iter().filter(|(count, _)| *count <= LOOKED);
    Ok(few.min().map(|(_, word)| word.clone()))
}
