//! Moving all of it, step by step.

use std::path::Path;

use formhand_seal::Keyring;
use jiff::Timestamp;

use super::{
    Batch, Copied, CopyError, CopyPart, Progress, Totals,
    prepare::{Former, marked, prepare, replace},
    source::Source,
};
use crate::{
    mongo::{Import, Mark, Place, Stage},
    sqlite::{Export, Move},
};

/// Moves the store of a SQLite file into a MongoDB database, neither of them sealed: see [`copy_sealed`].
pub async fn copy(
    from: &Path,
    to_url: &str,
    now: Timestamp,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Copied, CopyError> {
    Box::pin(copy_sealed((from, None), (to_url, None), now, tell)).await
}

/// Moves the store of a SQLite file into a MongoDB database, or finishes what an interrupted call has begun. Afterwards
/// nobody opens the file any more.
///
/// What is sealed in the one is opened with its keys, and sealed in the other with those of that. No server may work on
/// either; the caller holds the lock of the file's data folder.
pub async fn copy_sealed(
    (from, from_keys): (&Path, Option<&Keyring>),
    (to_url, to_keys): (&str, Option<&Keyring>),
    now: Timestamp,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Copied, CopyError> {
    let place = Place::of(to_url).map_err(CopyError::Target)?;
    let source = Source::open(from, from_keys).await?;
    let (source, moved) = source.run(Export::moved).await?;
    let target = Box::pin(Import::open(to_url, to_keys, now)).await;
    let target = target.map_err(CopyError::Target)?;
    let copied = match moved {
        Some(moved) => finish(&target, moved).await,
        None => Box::pin(move_all(source, &target, &place, now, tell)).await,
    };
    target.end().await;
    let (totals, was_whole) = copied?;
    Ok(Copied {
        to: format!("{}/{}", place.host, place.database),
        jobs: totals.all_jobs(),
        audit_entries: totals.audit_entries,
        sessions: totals.sessions,
        logins: totals.logins,
        session_events: totals.session_events,
        questions: totals.questions,
        was_whole,
    })
}

/// All is there, and the source is marked. What is left is the mark of the target, if it is the target.
async fn finish(target: &Import, moved: Move) -> Result<(Totals, bool), CopyError> {
    let mark = target.mark().await.map_err(CopyError::Target)?;
    let is_its = |mark: &Mark| mark.id == moved.id && mark.stage == Stage::Whole;
    let Some(mark) = mark.filter(is_its) else {
        let Move { to, at, .. } = moved;
        return Err(CopyError::AlreadyMoved { to, at });
    };
    let totals = target.totals().await.map_err(CopyError::Target)?;
    target.release(&mark).await.map_err(CopyError::Target)?;
    Ok((totals, true))
}

async fn move_all(
    source: Source,
    target: &Import,
    place: &Place,
    now: Timestamp,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<(Totals, bool), CopyError> {
    let mark = target.mark().await.map_err(CopyError::Target)?;
    let (host, database) = (place.host.clone(), place.database.clone());
    let (source, (id, former)) = source
        .run(move |export| {
            let known = mark.as_ref().map(|mark| export.knows(&mark.id));
            let is_ours = known.transpose()?.unwrap_or(false);
            let id = export.begin((&host, &database), now)?;
            Ok((id, Former { mark, is_ours }))
        })
        .await?;
    let (source, expected) = source.run(Export::hold).await?;
    let copying = prepare(target, former, &id, now, tell).await?;
    let source = write_all(source, target, &expected, tell).await?;
    compare(target, &expected, tell).await?;
    let whole = marked(&id, Stage::Whole);
    replace(target, &copying, &whole).await?;
    source.run(move |export| export.mark(&id, now)).await?;
    target.release(&whole).await.map_err(CopyError::Target)?;
    Ok((expected, false))
}

async fn write_all(
    source: Source,
    target: &Import,
    expected: &Totals,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Source, CopyError> {
    let mut told = Progress {
        part: CopyPart::Jobs,
        done: 0,
        total: expected.all_jobs(),
    };
    tell(told);
    let (mut batches, ended) = source.hand_over();
    while let Some(batch) = batches.recv().await {
        let part = part_of(&batch);
        if part != told.part {
            let total = total_of(part, expected);
            told = Progress {
                part,
                done: 0,
                total,
            };
        }
        told.done += target.insert(batch).await.map_err(CopyError::Target)?;
        tell(told);
    }
    let source = ended.await?;
    let last = expected.last_audit_number;
    let noted = target.note_last_audit_number(last).await;
    noted.map_err(CopyError::Target)?;
    target.count(last).await.map_err(CopyError::Target)?;
    Ok(source)
}

/// Counts on both sides.
async fn compare(
    target: &Import,
    expected: &Totals,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<(), CopyError> {
    let part = CopyPart::Comparing;
    let (done, total) = (0, 1);
    tell(Progress { part, done, total });
    let found = target.totals().await.map_err(CopyError::Target)?;
    if let Some(difference) = expected.difference(&found) {
        return Err(CopyError::Differs {
            what: difference.what,
            source_count: difference.source,
            target_count: difference.target,
        });
    }
    match target.rule_breakers().await.map_err(CopyError::Target)? {
        0 => Ok(()),
        target_count => Err(CopyError::Differs {
            what: "jobs or accounts that break the rules of their collection".into(),
            source_count: 0,
            target_count,
        }),
    }
}

fn part_of(batch: &Batch) -> CopyPart {
    match batch {
        Batch::Jobs(_) => CopyPart::Jobs,
        Batch::Audit(_) | Batch::Acts(_) | Batch::Removed(_) => CopyPart::Audit,
        Batch::SessionEvents(_) => CopyPart::SessionEvents,
        Batch::Accounts(_)
        | Batch::Starts(_)
        | Batch::Questions(_)
        | Batch::Slates(_)
        | Batch::Outcomes(_) => CopyPart::Accounts,
        Batch::Webhooks(_) | Batch::Deliveries(_) => CopyPart::Webhooks,
    }
}

/// How much a part is.
fn total_of(part: CopyPart, expected: &Totals) -> u64 {
    match part {
        CopyPart::Jobs => expected.all_jobs(),
        CopyPart::Audit => expected.links,
        CopyPart::SessionEvents => expected.session_events,
        CopyPart::Webhooks => expected.webhooks + expected.deliveries,
        CopyPart::Accounts => {
            expected.accounts
                + expected.starts
                + expected.questions
                + expected.slates
                + expected.outcomes
        }
        CopyPart::Clearing | CopyPart::Comparing => 1,
    }
}
