//! How jobs ended, a document an hour.

use std::collections::BTreeMap;

use formhand_domain::{PortalName, Status};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use super::{
    super::{
        collections::Collections,
        document::{documents, number, text},
        error::is_taken,
        within::until_settled,
    },
    news::{Change, News},
    read::present,
};
use crate::{HourOutcomes, StoreError, json, rules, time};

/// Jobs that ended in an hour.
type Ends = BTreeMap<(PortalName, Status), i64>;

/// An hour as it is kept.
#[derive(Default)]
struct Hour {
    /// The number of the last entry that is in it.
    upto: i64,
    ends: Ends,
}

/// What a change puts into an hour.
struct End<'a> {
    hour: i64,
    key: (&'a PortalName, Status),
    jobs: i64,
}

/// The outcomes of the hours of a span, with all that was acknowledged before this was called.
pub(in super::super) async fn outcomes(
    store: &Collections,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<HourOutcomes>, StoreError> {
    until_settled(|| attempt(store, from, until)).await
}

async fn attempt(
    store: &Collections,
    from: Timestamp,
    until: Timestamp,
) -> Result<Option<Vec<HourOutcomes>>, StoreError> {
    let (first, end) = rules::hours(from, until);
    let present = present(store).await?;
    let span =
        doc! { "$gte": id(&present.kept.series, first), "$lt": id(&present.kept.series, end) };
    let found: Vec<Document> = store
        .outcomes
        .find(doc! { "_id": span })
        .await?
        .try_collect()
        .await?;
    let mut hours: BTreeMap<i64, Hour> = BTreeMap::new();
    for document in &found {
        let hour = Hour::read(document)?;
        // It has changes that were read as late ones, perhaps.
        if hour.upto > present.news.last {
            return Ok(None);
        }
        hours.insert(number(document, "hour")?, hour);
    }
    for change in present.news.changes.iter().chain(&present.late) {
        for end in ends(change).filter(|of| (first..end).contains(&of.hour)) {
            hours.entry(end.hour).or_default().add(change.seq, &end);
        }
    }
    let mut all = Vec::new();
    for (hour, Hour { ends, .. }) in hours {
        let hour = time::read(hour)?;
        for ((portal, status), jobs) in ends.into_iter().filter(|(_, jobs)| *jobs > 0) {
            all.push(HourOutcomes {
                hour,
                portal,
                status,
                jobs: json::parse(u64::try_from(jobs))?,
            });
        }
    }
    Ok(Some(all))
}

/// Puts news into the hours. False if another was faster.
pub(super) async fn fold(
    store: &Collections,
    series: &str,
    news: &News,
) -> Result<bool, StoreError> {
    let mut by_hour: BTreeMap<i64, Vec<(&Change, End<'_>)>> = BTreeMap::new();
    for change in &news.changes {
        for end in ends(change) {
            by_hour.entry(end.hour).or_default().push((change, end));
        }
    }
    for (hour, ends) in by_hour {
        let id = id(series, hour);
        let found = store.outcomes.find_one(doc! { "_id": &id }).await?;
        let mut present = found.as_ref().map_or(Ok(Hour::default()), Hour::read)?;
        let was = present.upto;
        if was >= news.last {
            continue;
        }
        for (change, end) in ends {
            present.add(change.seq, &end);
        }
        present.upto = news.last;
        let document = present.document(series, hour);
        let is_written = if found.is_none() {
            insert(store, document).await?
        } else {
            let as_it_was = doc! { "_id": &id, "upto": was };
            let written = store.outcomes.replace_one(as_it_was, document).await?;
            written.matched_count == 1
        };
        if !is_written {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn insert(store: &Collections, document: Document) -> Result<bool, StoreError> {
    match store.outcomes.insert_one(document).await {
        Ok(_) => Ok(true),
        Err(error) if is_taken(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// The hours of a series, which their ids keep in order.
fn id(series: &str, hour: i64) -> String {
    format!("{series}/{:020}", hour.max(0))
}

fn ends(change: &Change) -> impl Iterator<Item = End<'_>> {
    let portal = &change.account.portal;
    let of = move |standing: super::moved::Standing, jobs| {
        let key = (portal, standing.status);
        standing.hour.map(|hour| End { hour, key, jobs })
    };
    let was = change.moved.was.and_then(|was| of(was, -1));
    let is = of(change.moved.is, 1);
    was.into_iter().chain(is)
}

impl Hour {
    fn read(document: &Document) -> Result<Self, StoreError> {
        let mut ends = Ends::new();
        for end in documents(document, "ends")? {
            let portal = json::parse(PortalName::new(text(end, "portal")?))?;
            let status = json::parse(text(end, "status")?.parse())?;
            ends.insert((portal, status), number(end, "jobs")?);
        }
        let upto = number(document, "upto")?;
        Ok(Self { upto, ends })
    }

    /// Adds what is not in it yet.
    fn add(&mut self, seq: Option<i64>, end: &End<'_>) {
        if seq.is_none_or(|seq| seq > self.upto) {
            let (portal, status) = end.key;
            *self.ends.entry((portal.clone(), status)).or_default() += end.jobs;
        }
    }

    fn document(&self, series: &str, hour: i64) -> Document {
        let ends: Vec<Document> = self
            .ends
            .iter()
            .filter(|(_, jobs)| **jobs != 0)
            .map(|((portal, status), jobs)| {
                doc! { "portal": portal.as_str(), "status": status.as_str(), "jobs": *jobs }
            })
            .collect();
        doc! { "_id": id(series, hour), "hour": hour, "upto": self.upto, "ends": ends }
    }
}

/// Hours of another database, as documents of a series that is up to a number.
pub(in super::super) fn copied_document(
    series: &str,
    upto: i64,
    outcomes: &[HourOutcomes],
) -> Result<Vec<Document>, StoreError> {
    let mut hours: BTreeMap<i64, Hour> = BTreeMap::new();
    for outcome in outcomes {
        let hour = hours.entry(time::stored(outcome.hour)).or_default();
        hour.upto = upto;
        let key = (outcome.portal.clone(), outcome.status);
        hour.ends
            .insert(key, json::parse(i64::try_from(outcome.jobs))?);
    }
    Ok(hours
        .into_iter()
        .map(|(start, hour)| hour.document(series, start))
        .collect())
}
