//! A practice portal and an engine that files into it.

use std::{path::PathBuf, sync::Arc, time::Duration};

use formhand_domain::{
    AccountKey, AccountName, CallerId, Job, JobId, NodeId, PortalName, RetryPolicy, Secret, Status,
    SystemClock,
};
use formhand_engine::{
    Accepted, AccountSetup, BrowserSetup, Engine, EngineSetup, SolverSetup, Submission, Timing,
};
use formhand_practice::{Fault, Options, Practice};
use formhand_store::{Change, SqliteStore, Store};
use jiff::SignedDuration;
use serde_json::Value;
use tempfile::TempDir;

use crate::practice_portal;

/// No test that works comes near; one that hangs says what it waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// How a world is made.
pub struct WorldOptions {
    /// The portal. Its own delays are off and its promo is not shown unless a test asks for them.
    pub practice: Options,
    /// Leases, retries and deadlines; retries are due at once.
    pub timing: Timing,
    /// Jobs at once.
    pub workers: usize,
    /// The password that the account is set up with, if not the right one.
    pub password: Option<String>,
    /// Who reads captchas.
    pub solver: SolverSetup,
}

impl Default for WorldOptions {
    fn default() -> Self {
        Self {
            practice: Options {
                delays: 0.0,
                promo: false,
                ..Options::default()
            },
            timing: Timing {
                retry: RetryPolicy {
                    max_attempts: 3,
                    first_delay: SignedDuration::from_millis(50),
                },
                step: Duration::from_secs(10),
                account_rest: SignedDuration::from_millis(100),
                ..Timing::default()
            },
            workers: 3,
            password: None,
            solver: SolverSetup::Ocr,
        }
    }
}

impl WorldOptions {
    /// The same with these faults from the start.
    #[must_use]
    pub fn faults(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.practice.faults.extend(faults);
        self
    }
}

/// A practice portal and an engine that files into it.
pub struct World {
    /// The portal.
    pub practice: Practice,
    /// The store.
    pub store: Arc<SqliteStore>,
    /// The engine.
    pub engine: Engine,
    /// Everything on disk; removed at the end.
    pub folder: TempDir,
}

impl World {
    /// A world that behaves.
    pub async fn new() -> Self {
        Self::with(WorldOptions::default()).await
    }

    /// A world with these faults from the start.
    pub async fn faulty(faults: impl IntoIterator<Item = Fault>) -> Self {
        Self::with(WorldOptions::default().faults(faults)).await
    }

    /// A world as described.
    pub async fn with(options: WorldOptions) -> Self {
        let user = options.practice.users[0].clone();
        let practice = formhand_practice::start(options.practice)
            .await
            .expect("the portal starts");
        let folder = tempfile::tempdir().expect("a folder can be made");
        let store = Arc::new(
            SqliteStore::open(&folder.path().join("formhand.db")).expect("the store opens"),
        );
        let setup = EngineSetup {
            node: NodeId::new("test").expect("a name"),
            store: Arc::clone(&store) as Arc<dyn Store>,
            clock: Arc::new(SystemClock),
            portals: vec![Arc::new(practice_portal(practice.url()))],
            accounts: vec![AccountSetup {
                key: AccountKey {
                    portal: PortalName::new("practice").expect("a name"),
                    account: AccountName::new("broker").expect("a name"),
                },
                user: user.name,
                password: Secret::new(options.password.unwrap_or(user.password)),
                solver: options.solver,
                max_parallel: None,
            }],
            workers: options.workers,
            timing: options.timing,
            browser: BrowserSetup {
                profiles: folder.path().join("profiles"),
                worker: None,
                master: None,
                jobs_per_browser: 100,
            },
            evidence: folder.path().join("evidence"),
        };
        let engine = Engine::start(setup).await.expect("the engine starts");
        Self {
            practice,
            store,
            engine,
            folder,
        }
    }

    /// Hands a record in.
    pub async fn submit(&self, record: Value) -> Accepted {
        self.submit_as(None, record).await
    }

    /// Hands a record in under the caller's own id.
    pub async fn submit_as(&self, caller_id: Option<&str>, record: Value) -> Accepted {
        let submission = Submission {
            portal: None,
            flow: None,
            account: None,
            caller_id: caller_id.map(|id| CallerId::new(id).expect("an id")),
            idempotency_key: None,
            record,
        };
        self.engine
            .intake()
            .submit(submission)
            .await
            .expect("the submission is understood")
    }

    /// Hands a record in and waits until its job has ended for good, or for a person.
    pub async fn file(&self, record: Value) -> Job {
        let id = self.submit(record).await.job.id;
        self.end_of(id).await
    }

    /// Waits until a job has ended for good, or for a person.
    pub async fn end_of(&self, id: JobId) -> Job {
        self.when(id, "to end", finished).await
    }

    /// Waits until a job is as wanted. It looks only when the store says that something changed.
    pub async fn when(&self, id: JobId, what: &str, wanted: impl Fn(&Job) -> bool) -> Job {
        let mut changes = self.store.changes();
        let mut last = None;
        let waiting = async {
            loop {
                let job = self
                    .store
                    .job(id)
                    .await
                    .expect("the store reads")
                    .expect("the job is there");
                if wanted(&job) {
                    return job;
                }
                last = Some(job);
                loop {
                    match changes.recv().await {
                        Ok(Change::Job(entry)) if entry.job != id => {}
                        _ => break,
                    }
                }
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(job) => job,
            Err(_) => panic!(
                "waited {PATIENCE:?} for job {id} {what}; it is {:?} with {:?}",
                last.as_ref().map(|job| (job.status(), job.stage())),
                last.as_ref()
                    .and_then(|job| job.failure().map(|failure| &failure.message)),
            ),
        }
    }

    /// Where evidence is kept.
    pub fn evidence(&self) -> PathBuf {
        self.folder.path().join("evidence")
    }

    /// Drains the engine and checks that nothing is left over: no browser, no worker's profile.
    pub async fn end(self) {
        self.engine.drain().await;
        let profiles = self.folder.path().join("profiles");
        let left: Vec<String> = std::fs::read_dir(&profiles)
            .expect("the folder is there")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with("worker-"))
            .collect();
        assert!(left.is_empty(), "profiles are left over: {left:?}");
        assert_eq!(
            browsers_of(&profiles),
            Vec::<i32>::new(),
            "browsers are left over"
        );
        self.store.close().await.expect("the store closes");
        self.practice.shutdown().await;
    }
}

/// Whether a job has ended for good, or waits for a person.
pub fn finished(job: &Job) -> bool {
    job.finished_at().is_some() || job.status() == Status::NeedsReview
}

/// Processes whose profile lies in this folder.
fn browsers_of(profiles: &std::path::Path) -> Vec<i32> {
    let wanted = format!("--user-data-dir={}/", profiles.display());
    std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid: &i32| {
            let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            line.split(|byte| *byte == 0)
                .any(|part| part.starts_with(wanted.as_bytes()))
        })
        .collect()
}
