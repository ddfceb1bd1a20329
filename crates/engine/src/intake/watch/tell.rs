//! Telling the documents of a source what became of them.
//!
//! What is written is the job as it is then, so it does not matter that it may be written twice. How far the audit was
//! followed is kept behind the writes.

use std::{collections::BTreeMap, time::Duration};

use formhand_domain::{FencingToken, Job, JobId};
use formhand_store::{Change, DocumentId, Note, NoteValue, SourceTask, Told};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::sleep,
};

use super::{source::Source, trouble::Trouble};
use crate::setup::WriteBack;

/// Entries of the audit that are followed at once.
const AT_ONCE: u32 = 100;

/// How long a document that refused is left alone, and how often it is looked whether anything was overlooked.
const AGAIN: Duration = Duration::from_mins(1);

/// Changes that follow each other closely are told together.
const GATHER: Duration = Duration::from_millis(100);

/// The wait after something went wrong. It doubles until it is [`LONGEST`].
const FIRST: Duration = Duration::from_millis(250);

/// The longest wait after something went wrong.
const LONGEST: Duration = Duration::from_secs(30);

/// Tells the documents until the right is over. A source that is told nothing waits for that.
pub(super) async fn tell_documents(source: &Source, keeper: FencingToken) {
    if source.setup.write_back.is_off() {
        return std::future::pending().await;
    }
    let mut changes = source.store.changes();
    let mut told = None;
    let mut pause = FIRST;
    let mut is_ill = true;
    loop {
        let text = match tell_all(source, keeper, &mut told).await {
            Ok(()) => {
                if std::mem::take(&mut is_ill) {
                    say(source, keeper, None).await;
                }
                pause = FIRST;
                wait(&mut changes).await;
                continue;
            }
            Err(Trouble::NotKeeper) => return,
            Err(Trouble::Store(error)) => error.to_string(),
            Err(Trouble::Origin(text) | Trouble::Lost(text)) => text,
        };
        if !std::mem::replace(&mut is_ill, true) || pause == FIRST {
            tracing::warn!(source = %source.name(), reason = text, "documents cannot be told; it is tried again");
            say(source, keeper, Some(&text)).await;
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST);
    }
}

async fn say(source: &Source, keeper: FencingToken, text: Option<&str>) {
    let (name, now) = (source.name(), source.clock.now());
    let said = source
        .sources
        .set_trouble(name, keeper, SourceTask::Telling, text, now)
        .await;
    if let Err(error) = said {
        tracing::warn!(source = %name, %error, "that could not be kept");
    }
}

/// Resolves when a job has changed, or may have, and some time for others to change, too.
async fn wait(changes: &mut Receiver<Change>) {
    let news = async {
        loop {
            match changes.recv().await {
                Ok(Change::Job(_) | Change::Missed) | Err(RecvError::Lagged(_)) => return,
                Ok(_) => {}
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    };
    // A time-out is as good as a change.
    let _ = tokio::time::timeout(AGAIN, news).await;
    sleep(GATHER).await;
}

/// Tells all that is not told yet, and those again that refused before. `told` is how far that has come, if it is known.
async fn tell_all(
    source: &Source,
    keeper: FencingToken,
    told: &mut Option<u64>,
) -> Result<(), Trouble> {
    let mut seq = match *told {
        Some(seq) => seq,
        None => match source.sources.source(source.name()).await? {
            Some(saved) if saved.reached.is_some() => saved.told,
            // It was never looked at, so it has no job.
            _ => return Ok(()),
        },
    };
    loop {
        let entries = source.store.audit_after(seq, AT_ONCE).await?;
        let Some(last) = entries.last() else { break };
        seq = last.seq;
        let changed: BTreeMap<JobId, Timestamp> =
            entries.iter().map(|entry| (entry.job, entry.at)).collect();
        let refused = tell_of(source, &changed).await?;
        let news = Told {
            up_to: Some(seq),
            refused,
            settled: Vec::new(),
        };
        keep(source, keeper, &news).await?;
        *told = Some(seq);
    }
    *told = Some(seq);
    tell_again(source, keeper).await
}

/// Tells those again that refused before.
async fn tell_again(source: &Source, keeper: FencingToken) -> Result<(), Trouble> {
    let again = SignedDuration::try_from(AGAIN).unwrap_or(SignedDuration::ZERO);
    let before = source
        .clock
        .now()
        .saturating_sub(again)
        .unwrap_or(Timestamp::MIN);
    loop {
        let jobs = source
            .sources
            .refused(source.name(), before, AT_ONCE)
            .await?;
        if jobs.is_empty() {
            return Ok(());
        }
        let mut changed = BTreeMap::new();
        for job in &jobs {
            let last = source.store.history(*job, 1).await?;
            changed.extend(last.first().map(|entry| (*job, entry.at)));
        }
        let refused = tell_of(source, &changed).await?;
        let settled = jobs
            .into_iter()
            .filter(|job| !refused.contains(job))
            .collect();
        let told = Told {
            up_to: None,
            refused,
            settled,
        };
        keep(source, keeper, &told).await?;
    }
}

/// Tells the documents of these jobs, which changed at these times. Those that refuse are returned.
async fn tell_of(
    source: &Source,
    changed: &BTreeMap<JobId, Timestamp>,
) -> Result<Vec<JobId>, Trouble> {
    let jobs: Vec<JobId> = changed.keys().copied().collect();
    let jobs = source.sources.jobs_of_source(source.name(), &jobs).await?;
    let note = |(document, job): &(DocumentId, Job)| {
        note(
            &source.setup.write_back,
            document,
            job,
            changed.get(&job.id).copied(),
        )
    };
    let notes: Vec<Note> = jobs.iter().map(note).collect();
    if notes.is_empty() {
        return Ok(Vec::new());
    }
    let refused = source.origin().await?.tell(&notes).await?;
    if !refused.is_empty() {
        tracing::warn!(
            source = %source.name(),
            documents = refused.len(),
            "documents cannot hold what they are told; it is tried again later"
        );
    }
    let has_refused = |(document, _): &&(DocumentId, Job)| refused.contains(document);
    Ok(jobs
        .iter()
        .filter(has_refused)
        .map(|(_, job)| job.id)
        .collect())
}

async fn keep(source: &Source, keeper: FencingToken, told: &Told) -> Result<(), Trouble> {
    let now = source.clock.now();
    source
        .sources
        .set_told(source.name(), keeper, told, now)
        .await?;
    Ok(())
}

/// What a document is told of its job.
fn note(paths: &WriteBack, document: &DocumentId, job: &Job, at: Option<Timestamp>) -> Note {
    let text = |text: String| Some(NoteValue::Text(text));
    let receipt = job
        .receipt()
        .map(|receipt| NoteValue::Texts(receipt.0.clone()));
    let fields = [
        (&paths.status, text(job.status().to_string())),
        (&paths.job, text(job.id.to_string())),
        (&paths.receipt, receipt),
        (&paths.at, at.map(NoteValue::Time)),
    ];
    let field = |(path, value): (&Option<String>, Option<NoteValue>)| Some((path.clone()?, value?));
    Note {
        document: document.clone(),
        fields: fields.into_iter().filter_map(field).collect(),
    }
}
