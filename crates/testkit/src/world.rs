//! A practice portal and an engine that files into it.

use std::{path::PathBuf, sync::Arc};

use formhand_domain::{AccountKey, AccountName, CallerId, FlowName, Job};
use formhand_engine::{Accepted, Engine, Retention, Submission};
use formhand_practice::{Fault, Practice};
use formhand_store::{Store, StorePlace};
use serde_json::Value;
use tempfile::TempDir;

use crate::{WorldOptions, blueprint::Blueprint, host::Host, peer::Peer, processes};

/// A practice portal and an engine that files into it.
pub struct World {
    /// The portal.
    pub practice: Practice,
    /// The store.
    pub store: Arc<dyn Store>,
    /// The engine.
    pub engine: Engine,
    /// Everything on disk; removed at the end.
    pub folder: TempDir,
    blueprint: Blueprint,
    host: Host,
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
        let practice = formhand_practice::start(options.practice.clone())
            .await
            .expect("the portal starts");
        let folder = tempfile::tempdir().expect("a folder can be made");
        let place = match &options.mongodb {
            Some(url) => StorePlace::Mongo(url.clone()),
            None => StorePlace::Sqlite(folder.path().join("formhand.db")),
        };
        let store = place.open(options.clock.now()).await;
        let store = store.expect("the store opens");
        let blueprint = Blueprint::new(options, practice.url(), folder.path());
        let (engine, host) = start(&blueprint, &store).await;
        Self {
            practice,
            store,
            engine,
            folder,
            blueprint,
            host,
        }
    }

    /// Hands a record in.
    pub async fn submit(&self, record: Value) -> Accepted {
        self.submit_as(None, record).await
    }

    /// Hands a record in under the caller's own id.
    pub async fn submit_as(&self, caller_id: Option<&str>, record: Value) -> Accepted {
        let caller_id = caller_id.map(|id| CallerId::new(id).expect("an id"));
        self.hand_in(Submission {
            caller_id,
            ..Self::submission(record)
        })
        .await
    }

    /// Hands a record in for an account.
    pub async fn submit_for(&self, account: &str, record: Value) -> Accepted {
        let account = Some(AccountName::new(account).expect("a name"));
        self.hand_in(Submission {
            account,
            ..Self::submission(record)
        })
        .await
    }

    /// Hands a record in for a flow.
    pub async fn submit_to(&self, flow: &str, record: Value) -> Accepted {
        let flow = Some(FlowName::new(flow).expect("a name"));
        self.hand_in(Submission {
            flow,
            ..Self::submission(record)
        })
        .await
    }

    /// A submission that leaves out what can be left out.
    pub fn submission(record: Value) -> Submission {
        Submission {
            portal: None,
            flow: None,
            account: None,
            caller_id: None,
            idempotency_key: None,
            record,
        }
    }

    async fn hand_in(&self, submission: Submission) -> Accepted {
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

    /// Hands records in together and waits until all have ended, in their order.
    pub async fn file_all(&self, records: impl IntoIterator<Item = Value>) -> Vec<Job> {
        let mut ids = Vec::new();
        for record in records {
            ids.push(self.submit(record).await.job.id);
        }
        let mut jobs = Vec::new();
        for id in ids {
            jobs.push(self.end_of(id).await);
        }
        jobs
    }

    /// An account of this world.
    pub fn account(&self, name: &str) -> AccountKey {
        self.blueprint.account(name)
    }

    /// Where evidence is kept.
    pub fn evidence(&self) -> PathBuf {
        self.folder.path().join("evidence")
    }

    /// Where the browsers' profiles are.
    pub fn profiles(&self) -> PathBuf {
        self.folder.path().join("profiles")
    }

    /// Kills the browser that jobs are worked on in.
    pub fn kill_worker(&self) {
        let killed = processes::kill_browsers(&self.profiles(), "worker-");
        assert!(killed > 0, "there is no worker browser");
    }

    /// The browsers that keep sessions, by their process ids.
    pub fn masters(&self) -> Vec<i32> {
        processes::browsers(&self.profiles(), "master-")
    }

    /// The profile of the only master.
    pub fn masters_folder(&self) -> PathBuf {
        let account = self.account("practice.broker");
        let name = format!("master-{}-{}", account.portal, account.account);
        self.profiles().join(name)
    }

    /// Where backups of that profile are.
    pub fn backups(&self) -> PathBuf {
        let mut folder = self.masters_folder().into_os_string();
        folder.push(".backups");
        folder.into()
    }

    /// Kills the browsers that keep sessions.
    pub fn kill_master(&self) {
        let killed = processes::kill_browsers(&self.profiles(), "master-");
        assert!(killed > 0, "there is no master browser");
    }

    /// Kills what draws the pages of jobs; the browser itself stays alive.
    pub fn kill_renderers(&self) {
        let killed = processes::kill_renderers(&self.profiles(), "worker-");
        assert!(killed > 0, "there is no renderer");
    }

    /// Lets the engine die on the spot, in the middle of whatever it does, with its browsers.
    pub async fn kill(&mut self) {
        self.host.die().await;
    }

    /// Starts another engine where one was killed or drained.
    pub async fn start(&mut self) {
        self.kill().await;
        (self.engine, self.host) = start(&self.blueprint, &self.store).await;
    }

    /// Starts another server on the same store, for the same portal and accounts, with a folder of its own. Sessions are
    /// shared only in a world whose options say so.
    pub async fn join(&self, name: &str) -> Peer {
        let folder = self.folder.path().join(name);
        Peer::start(
            self.blueprint
                .setup_of(name, &folder, Arc::clone(&self.store)),
        )
        .await
    }

    /// The engines that are started from now on keep things for so long.
    pub fn retain(&mut self, retention: Retention) {
        self.blueprint.retention = retention;
    }

    /// Drains the engine and starts another one on what it left.
    pub async fn restart(&mut self) {
        self.engine.drain().await;
        self.start().await;
    }

    /// Drains the engine and checks that nothing is left over: no browser, no worker's profile.
    pub async fn end(mut self) {
        self.engine.drain().await;
        self.assert_nothing_left().await;
        self.host.die().await;
        self.store.close().await.expect("the store closes");
        self.practice.shutdown().await;
    }

    async fn assert_nothing_left(&self) {
        let profiles = self.profiles();
        let left: Vec<String> = std::fs::read_dir(&profiles)
            .expect("the folder is there")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with("worker-"))
            .collect();
        assert!(left.is_empty(), "profiles are left over: {left:?}");
        // A browser that an engine started in the moment of its death ends by itself a moment later, when its pipe closes.
        let mut browsers = processes::browsers_in(&profiles);
        for _ in 0..100 {
            if browsers.is_empty() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            browsers = processes::browsers_in(&profiles);
        }
        panic!("browsers are left over: {browsers:?}");
    }
}

async fn start(blueprint: &Blueprint, store: &Arc<dyn Store>) -> (Engine, Host) {
    let host = Host::new();
    let setup = blueprint.setup(Arc::clone(store));
    let engine = host.run(Engine::start(setup)).await;
    (engine.expect("the engine starts"), host)
}
