//! The engine, as the server would run it.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc, time::Duration};

use formhand_domain::{
    AccountKey, AccountName, JobId, NodeId, PortalName, Secret, Status, SystemClock,
};
use formhand_engine::{
    AccountSetup, BrowserSetup, Engine, EngineSetup, GateSwitch, Keeping, OneTimeCodeSetup,
    Retention, SolverSetup, Submission, Timing, Wear,
};
use formhand_store::{Change, SqliteStore, Store};
use formhand_testkit::practice_portal;
use tempfile::TempDir;

use super::{marks::Marks, trace};
use crate::{
    customers::Filing, error::Error, measure::Group, portal::Portal, report::Round, section::Meter,
};

/// A round that takes longer than this for a record hangs.
const LIMIT_PER_RECORD: Duration = Duration::from_mins(1);

/// A running engine on a folder of its own.
pub(crate) struct Formhand {
    engine: Engine,
    store: Arc<SqliteStore>,
    marks: Marks,
    profiles: PathBuf,
    _folder: TempDir,
}

impl Formhand {
    pub(crate) async fn start(
        portal: &Portal,
        workers: usize,
        marks: &Marks,
    ) -> Result<Self, Error> {
        let folder = tempfile::tempdir()?;
        let store = Arc::new(SqliteStore::open(folder.path().join("formhand.db"))?);
        let profiles = folder.path().join("profiles");
        let key = AccountKey {
            portal: PortalName::new("practice")?,
            account: AccountName::new("broker")?,
        };
        let setup = EngineSetup {
            node: NodeId::new("bench")?,
            store: Arc::clone(&store) as Arc<dyn Store>,
            clock: Arc::new(SystemClock),
            portals: vec![Arc::new(practice_portal(portal.practice.url()))],
            accounts: vec![AccountSetup {
                key,
                user: portal.user.name.clone(),
                password: Secret::new(portal.user.password.clone()),
                solver: SolverSetup::Ocr,
                one_time_code: OneTimeCodeSetup::None,
                max_parallel: None,
            }],
            workers,
            timing: Timing::default(),
            browser: BrowserSetup {
                profiles: profiles.clone(),
                worker: None,
                master: None,
                // Neither of the two gets a fresh browser in the middle of a round.
                wear: Wear {
                    jobs: u32::MAX,
                    ..Wear::default()
                },
            },
            evidence: folder.path().join("evidence"),
            remote: None,
            keeping: Keeping::default(),
            retention: Retention::default(),
            seal: None,
            sources: Vec::new(),
            gate: GateSwitch::On,
        };
        Ok(Self {
            engine: Engine::start(setup).await?,
            store,
            marks: marks.clone(),
            profiles,
            _folder: folder,
        })
    }

    /// Logs in and starts the worker's browser, by filing these.
    pub(crate) async fn warm_up(&self, filings: &[Filing]) -> Result<(), Error> {
        let jobs = self.submit(filings).await?;
        self.end_of(&jobs).await
    }

    /// Files these records and says what it took.
    pub(crate) async fn round(&self, filings: &[Filing], portal: &Portal) -> Result<Round, Error> {
        self.marks.take();
        let group = Group::with_profile(&self.profiles, "worker-")
            .ok_or(Error::NoMark("its worker browser"))?;
        let meter = Meter::start(group, portal);
        let jobs = self.submit(filings).await?;
        self.end_of(&jobs).await?;
        let mut round = meter.stop(Vec::new(), 0, 0);
        let marks = self.marks.take();
        let ids: Vec<String> = jobs.iter().map(|(id, _)| id.to_string()).collect();
        for (id, _) in &jobs {
            let history = self.store.history(*id, 100).await?;
            let cost = trace::job_cost(&id.to_string(), &history, &marks)?;
            round.jobs.push(cost);
        }
        if let (Some(first), Some(last)) = (marks.first(), marks.last()) {
            round.calls = last.sent - first.sent;
            round.answers_and_events = last.received - first.received;
        }
        round.steps = trace::step_costs(&ids, &marks);
        Ok(round)
    }

    pub(crate) async fn close(self) -> Result<(), Error> {
        self.engine.drain().await;
        self.store.close().await?;
        Ok(())
    }

    async fn submit<'a>(&self, filings: &'a [Filing]) -> Result<Vec<(JobId, &'a str)>, Error> {
        let mut jobs = Vec::with_capacity(filings.len());
        for filing in filings {
            let submission = Submission {
                portal: None,
                flow: None,
                account: None,
                caller_id: None,
                idempotency_key: None,
                record: filing.record.clone(),
            };
            let accepted = self.engine.intake().submit(submission).await?;
            jobs.push((accepted.job.id, filing.chassis.as_str()));
        }
        Ok(jobs)
    }

    /// Waits until all are filed. A job that needs a second attempt would say nothing of what one costs.
    async fn end_of(&self, jobs: &[(JobId, &str)]) -> Result<(), Error> {
        let mut changes = self.store.changes();
        let mut open: BTreeSet<JobId> = jobs.iter().map(|(id, _)| *id).collect();
        let limit = LIMIT_PER_RECORD * u32::try_from(jobs.len()).unwrap_or(u32::MAX);
        let all = async {
            self.look_at(jobs, &mut open).await?;
            while !open.is_empty() {
                match changes.recv().await {
                    Ok(Change::Job(entry)) if entry.to == Status::Completed => {
                        open.remove(&entry.job);
                    }
                    Ok(Change::Job(entry))
                        if matches!(entry.to, Status::Pending | Status::Processing) => {}
                    Ok(
                        Change::Question
                        | Change::Session
                        | Change::Webhook
                        | Change::SessionEvent(_),
                    ) => {}
                    Ok(_) | Err(_) => self.look_at(jobs, &mut open).await?,
                }
            }
            Ok(())
        };
        let ended = tokio::time::timeout(limit, all).await;
        ended.unwrap_or_else(|_| {
            Err(Error::NotFiled {
                chassis: "all of its records".into(),
                detail: format!("within {limit:?}"),
            })
        })
    }

    async fn look_at(
        &self,
        jobs: &[(JobId, &str)],
        open: &mut BTreeSet<JobId>,
    ) -> Result<(), Error> {
        for (id, chassis) in jobs {
            let Some(job) = self.store.job(*id).await? else {
                continue;
            };
            match job.status() {
                Status::Completed => {
                    open.remove(id);
                }
                Status::Pending | Status::Processing => {}
                status => {
                    let failure = job.failure().map(|failure| failure.message.clone());
                    return Err(Error::NotFiled {
                        chassis: (*chassis).to_owned(),
                        detail: format!("{status}: {}", failure.unwrap_or_default()),
                    });
                }
            }
        }
        Ok(())
    }
}
