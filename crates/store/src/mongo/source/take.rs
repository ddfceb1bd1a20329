//! Taking what documents became.

use std::time::Duration;

use formhand_domain::{FencingToken, NewJob, SourceName};
use jiff::Timestamp;
use mongodb::{
    ClientSession,
    bson::{Bson, Document},
};

use super::{
    super::{open::MongoStore, within::within},
    quarantine, reached as place,
    session::Sessions,
    transaction::{Ended, Step, attempt},
};
use crate::{
    DocumentId, DocumentProblem, Looked, Reached, SourceError, StoreError, Taken, Verdict, rules,
};

/// Rounds that a transaction may meet another in its way. Each of them is over soon, or is ended by the database.
const ROUNDS: u32 = 100;

/// Between two of these rounds.
const PAUSE: Duration = Duration::from_millis(10);

/// Takes what documents became, under the right to watch the source.
pub(super) async fn take(
    store: &MongoStore,
    sessions: &Sessions,
    (source, keeper): (&SourceName, FencingToken),
    looked: Vec<Looked>,
    reached: Option<&Reached>,
    now: Timestamp,
) -> Result<Taken, SourceError> {
    let work = Work::of(store, source, looked).await?;
    let reached = reached.map(place::document).transpose()?;
    if work.is_nothing() && reached.is_none() {
        return Ok(Taken::default());
    }
    let mut session = sessions.take(&store.db, source, keeper).await?;
    let doing = work.split(
        store,
        &mut session,
        (source, Some(keeper)),
        reached.as_ref(),
        now,
    );
    let taken = doing.await?;
    // After anything that went wrong the session is dropped, with what is open in it.
    sessions.put_back(source, keeper, session);
    Ok(taken)
}

/// Takes what documents became, because a person wants it. The documents' keys are what keeps it from being done twice.
pub(super) async fn take_again(
    store: &MongoStore,
    source: &SourceName,
    looked: Vec<Looked>,
    now: Timestamp,
) -> Result<Taken, StoreError> {
    let work = Work::of(store, source, looked).await?;
    if work.is_nothing() {
        return Ok(Taken::default());
    }
    let mut session = store.db.client.start_session().await?;
    match work
        .split(store, &mut session, (source, None), None, now)
        .await
    {
        Ok(taken) => Ok(taken),
        Err(SourceError::Store(error)) => Err(error),
        Err(error @ SourceError::NotKeeper(_)) => Err(StoreError::Backend(error.to_string())),
    }
}

/// What is to be done about documents.
struct Work {
    jobs: Vec<(DocumentId, NewJob)>,
    broken: Vec<(DocumentId, Vec<DocumentProblem>)>,
    leaving: Vec<Bson>,
}

impl Work {
    async fn of(
        store: &MongoStore,
        source: &SourceName,
        looked: Vec<Looked>,
    ) -> Result<Self, StoreError> {
        let is_fit = |looked: &&Looked| !matches!(looked.verdict, Verdict::Broken(_));
        let fit = looked.iter().filter(is_fit).map(|looked| &looked.document);
        let leaving = within(quarantine::among(&store.db, source, fit)).await?;
        let mut work = Self {
            jobs: Vec::new(),
            broken: Vec::new(),
            leaving,
        };
        for Looked { document, verdict } in looked {
            match verdict {
                Verdict::Job(new) => {
                    rules::check_new(&new.job)?;
                    if new.idempotency_key.is_none() {
                        return Err(StoreError::Backend(
                            "a job of a document without a key".into(),
                        ));
                    }
                    work.jobs.push((document, *new));
                }
                Verdict::Broken(problems) => work.broken.push((document, problems)),
                Verdict::Nothing => {}
            }
        }
        Ok(work)
    }

    fn is_nothing(&self) -> bool {
        self.jobs.is_empty() && self.broken.is_empty() && self.leaving.is_empty()
    }

    /// Does it in one transaction. If a key of one of the jobs is taken, the jobs are halved until that job is alone.
    async fn split(
        self,
        store: &MongoStore,
        session: &mut ClientSession,
        (source, keeper): (&SourceName, Option<FencingToken>),
        reached: Option<&Document>,
        now: Timestamp,
    ) -> Result<Taken, SourceError> {
        let mut taken = Taken::default();
        let mut parts = vec![&self.jobs[..]];
        while let Some(jobs) = parts.pop() {
            // What is no job goes with the last of them.
            let is_last = parts.is_empty();
            let step = Step {
                source,
                keeper,
                jobs,
                broken: if is_last { &self.broken } else { &[] },
                leaving: if is_last { &self.leaving } else { &[] },
                reached: reached.filter(|_| is_last),
                now,
            };
            if let Some(done) = settled(store, session, &step).await? {
                taken = taken.and(done);
            } else {
                let (first, second) = jobs.split_at(jobs.len() / 2);
                parts.extend([second, first]);
            }
        }
        Ok(taken)
    }
}

/// Does a step; nothing if it has to be made smaller.
async fn settled(
    store: &MongoStore,
    session: &mut ClientSession,
    step: &Step<'_>,
) -> Result<Option<Taken>, SourceError> {
    let mut alone = false;
    for _ in 0..ROUNDS {
        let tried = within(tried(store, session, step, alone)).await?;
        match tried {
            Some(Ended::Done(taken, entries)) => {
                store.number(entries);
                return Ok(Some(taken));
            }
            Some(Ended::KeyTaken) if step.jobs.len() > 1 => return Ok(None),
            // Whoever has the key may let go of it meanwhile, or another may take it.
            Some(Ended::KeyTaken) => alone = true,
            Some(Ended::NotKeeper) => return Err(SourceError::NotKeeper(step.source.clone())),
            None => tokio::time::sleep(PAUSE).await,
        }
    }
    let said = format!("another was in the way {ROUNDS} times in a row");
    Err(StoreError::Unwritable(said).into())
}

/// Tries a step once; nothing if another transaction was in the way.
async fn tried(
    store: &MongoStore,
    session: &mut ClientSession,
    step: &Step<'_>,
    alone: bool,
) -> Result<Option<Ended>, StoreError> {
    match attempt(&store.db, session, step, alone).await {
        Ok(ended) => Ok(Some(ended)),
        Err(error) if error.contains_label(mongodb::error::TRANSIENT_TRANSACTION_ERROR) => Ok(None),
        Err(error) => match error.get_custom::<StoreError>() {
            Some(error) => Err(error.clone()),
            None => Err(error.into()),
        },
    }
}
