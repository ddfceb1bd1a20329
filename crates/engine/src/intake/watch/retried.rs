//! Looking at documents of the quarantine once more.

use formhand_store::{DocumentId, Looked, QuarantinePage, Verdict};

use super::{look::look, source::Source, trouble::Trouble};

/// Entries that are looked at in one call.
pub(super) const AT_ONCE: u32 = 100;

/// What came of looking at documents of the quarantine once more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Retried {
    /// Documents that became jobs.
    pub taken: u64,
    /// Of these, duplicates of other jobs.
    pub duplicates: u64,
    /// Documents that are gone, are not ready any more, or had become jobs before. They left the quarantine.
    pub dropped: u64,
    /// Documents that cannot be taken yet.
    pub broken: u64,
    /// The document behind which the others wait to be looked at; nothing if there are none.
    pub next: Option<DocumentId>,
}

/// Looks at one document.
pub(super) async fn one(source: &Source, document: &DocumentId) -> Result<Retried, Trouble> {
    again(source, vec![document.clone()]).await
}

/// Looks at the documents of a page.
pub(super) async fn page(source: &Source, page: QuarantinePage) -> Result<Retried, Trouble> {
    let documents = page
        .entries
        .into_iter()
        .map(|entry| entry.document)
        .collect();
    let retried = again(source, documents).await?;
    Ok(Retried {
        next: page.next,
        ..retried
    })
}

async fn again(source: &Source, documents: Vec<DocumentId>) -> Result<Retried, Trouble> {
    let looked = look(source, documents, None).await?;
    let nothing = |looked: &&Looked| matches!(looked.verdict, Verdict::Nothing);
    let dropped = looked.iter().filter(nothing).count() as u64;
    let now = source.clock.now();
    let taken = source
        .sources
        .take_again(source.name(), looked, now)
        .await?;
    Ok(Retried {
        taken: taken.jobs,
        duplicates: taken.duplicates,
        dropped: dropped + taken.known,
        broken: taken.broken,
        next: None,
    })
}
