//! A portal and a data folder, on which servers live one after the other.

use std::{fs, path::PathBuf, process::Output, time::Duration};

use formhand_domain::{JobId, Outcome, Status};
use formhand_practice::{Entry, Fault, FaultName, Options, Practice, Step};
use formhand_server::http::JobView;
use formhand_store::{SqliteStore, Store as _};
use formhand_testkit::{chassis, repository};
use tempfile::TempDir;

use super::{
    Browsers, Server, assert_truthful, is_filed, is_held, patiently, process::Process, stands,
};
use crate::binary::formhand;

/// The token of the API.
const TOKEN: &str = "a-token-of-the-crash-tests-and-no-other";

/// A customer that nothing happened to: a server that works files it.
const BYSTANDER: u32 = 900;

/// How a scene is made.
pub(crate) struct SceneOptions {
    pub(crate) faults: Vec<Fault>,
    /// Lease, its renewal, and the margin. By default nothing that waits for a lease to end ever ends.
    pub(crate) lease: [&'static str; 3],
    pub(crate) workers: u32,
    /// Whether the flow has a step after the filing.
    pub(crate) step_after_filing: bool,
    /// Whether the portal is searched for jobs of unknown outcome.
    pub(crate) searches: bool,
    /// The collector that traces are sent to.
    pub(crate) collector: Option<String>,
    /// Whether the login has a captcha, which only a person can read.
    pub(crate) captcha_for_a_person: bool,
    /// What is kept of an attempt that did all it should.
    pub(crate) on_success: &'static str,
    /// Lines of the configuration's `[limits]`.
    pub(crate) limits: &'static str,
    /// What is logged.
    pub(crate) log: &'static str,
    /// What stands in the configuration beside, at its end. `hook` is a file with a webhook's secret.
    pub(crate) more: String,
    /// What is different in the shipped definition.
    pub(crate) definition: fn(String) -> String,
}

impl Default for SceneOptions {
    fn default() -> Self {
        Self {
            faults: Vec::new(),
            lease: ["1h", "15m", "5s"],
            workers: 4,
            step_after_filing: false,
            searches: false,
            collector: None,
            captcha_for_a_person: false,
            on_success: "nothing",
            limits: "",
            more: String::new(),
            log: "info,formhand_engine::submit=debug",
            definition: |shipped| shipped,
        }
    }
}

/// A portal and a data folder.
pub(crate) struct Scene {
    pub(crate) practice: Practice,
    folder: TempDir,
}

/// A fault at Save that hits one customer, once.
pub(crate) fn at(step: Step, fault: FaultName, number: u32) -> Fault {
    Fault::new(fault).step(step).chassis(chassis(number)).once()
}

/// The first request for this step is held until the test lets it go.
pub(crate) fn hold(step: Step) -> Fault {
    Fault::new(FaultName::Hold).step(step).once()
}

impl Scene {
    pub(crate) async fn new(options: SceneOptions) -> Self {
        let practice = formhand_practice::start(Options {
            captcha: options.captcha_for_a_person,
            faults: options.faults.clone(),
            ..Options::swift()
        });
        let practice = practice.await.expect("the portal starts");
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("formhand.toml", &configuration(&options, practice.url()));
        write("password", "not-a-real-password\n");
        write("token", TOKEN);
        write("hook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
        write("crash.yaml", include_str!("../../../fixtures/crash.yaml"));
        let shipped =
            |name: &str| fs::read_to_string(repository().join("portals").join(name)).unwrap();
        write("practice.yaml", &shipped("practice.yaml"));
        let mut definition = (options.definition)(shipped("reliance-smartzone.yaml"));
        if options.step_after_filing {
            // The flow's steps are the last of the file.
            definition += include_str!("../../../fixtures/step-after-filing.yaml");
        }
        write("reliance-smartzone.yaml", &definition);
        Self { practice, folder }
    }

    /// Starts a server and waits until it serves.
    pub(crate) async fn serve(&self) -> Server {
        Server::of(self.start(), TOKEN).await
    }

    /// Starts a server.
    pub(crate) fn start(&self) -> Process {
        Process::start(self.folder.path())
    }

    /// What the command line prints to somebody who works in the scene's folder.
    pub(crate) async fn formhand(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments).await;
        let (said, complaint) = (ran.stdout, ran.stderr);
        let complaint = String::from_utf8_lossy(&complaint);
        assert!(ran.status.success(), "{arguments:?}: {complaint}");
        String::from_utf8(said).unwrap()
    }

    /// What comes of a command by somebody who works in the scene's folder.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Output {
        let mut command = tokio::process::Command::from(formhand(self.folder.path()));
        command.args(arguments).output().await.unwrap()
    }

    /// Where a server keeps all that it has.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn profiles(&self) -> PathBuf {
        self.data().join("profiles")
    }

    /// Another handle on the servers' store, for when no server can be asked.
    pub(crate) fn store(&self) -> SqliteStore {
        SqliteStore::open(self.data().join("formhand.db")).unwrap()
    }

    /// Lets nobody write to the store until the answer is dropped.
    pub(crate) fn lock_store(&self) -> rusqlite::Connection {
        let lock = rusqlite::Connection::open(self.data().join("formhand.db")).unwrap();
        lock.busy_timeout(Duration::from_secs(30)).unwrap();
        lock.execute_batch("BEGIN IMMEDIATE").unwrap();
        lock
    }

    /// Kills the server, starts the next one on what it left, and lets the portal's held requests go.
    ///
    /// The next one serves before anything is released: it needs nothing of the portal, and no lease to end.
    pub(crate) async fn kill_and_restart(&self, server: Server) -> Server {
        let browsers = self.browsers();
        server.kill().await;
        let next = self.serve().await;
        browsers.assert_dead();
        self.practice.release();
        next
    }

    pub(crate) fn browsers(&self) -> Browsers {
        Browsers::of(&self.profiles())
    }

    /// Waits until a request for this step is held.
    pub(crate) async fn held(&self, step: Step) {
        self.sees(&format!("{step} to be held"), |entry| is_held(entry, step))
            .await;
    }

    /// Waits until the portal keeps a customer's proposal.
    pub(crate) async fn filed(&self, number: u32) {
        let what = format!("customer {number} to be filed");
        self.sees(&what, |entry| is_filed(entry, number)).await;
    }

    async fn sees(&self, what: &str, wanted: impl FnMut(&Entry) -> bool) {
        let ledger = || format!("{:#?}", self.practice.ledger().last());
        patiently(what, ledger, self.practice.when(wanted)).await;
    }

    /// The server works on: it files a new customer. Meanwhile nothing changed about these customers, what is said of
    /// them is true, and nobody was filed twice. At last the server stops, and leaves nothing behind.
    pub(crate) async fn finish(self, server: Server, customers: &[(u32, &str)]) {
        let before = views(&server, customers).await;
        let job = server.submit(BYSTANDER).await;
        let job = server.end_of(&job).await;
        let filed = (Status::Completed, Outcome::Submitted);
        let failure = job.failure.as_ref().map(|failure| &failure.message);
        assert_eq!(stands(&job), filed, "{failure:?}\n{}", server.log().tail());
        assert_truthful(&self.practice, &job, BYSTANDER);
        let after = views(&server, customers).await;
        for ((number, _), (before, after)) in customers.iter().zip(before.iter().zip(&after)) {
            assert_eq!(stands(before), stands(after), "customer {number}");
            assert_eq!(before.attempts, after.attempts, "customer {number}");
            assert_truthful(&self.practice, after, *number);
        }
        assert!(self.practice.duplicates().is_empty());
        let log = server.log().clone();
        assert_eq!(server.stop().await, Some(0), "{}", log.tail());
        self.assert_nothing_left();
        self.practice.shutdown().await;
    }

    /// With no server to ask: these jobs wait, and no attempt of theirs was spent.
    pub(crate) async fn assert_unspent(&self, jobs: &[&str]) {
        let store = self.store();
        for job in jobs {
            let id: JobId = job.parse().unwrap();
            let job = store.job(id).await.unwrap().expect("no job is lost");
            assert_eq!((job.status(), job.attempts), (Status::Pending, 0));
        }
        store.close().await.unwrap();
    }

    /// No server file, no browser, no worker's profile.
    pub(crate) fn assert_nothing_left(&self) {
        assert!(!self.data().join("server.json").exists());
        self.browsers().assert_dead();
        let profiles = fs::read_dir(self.profiles()).unwrap().flatten();
        let left: Vec<String> = profiles
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with("worker-"))
            .collect();
        assert_eq!(left, Vec::<String>::new());
    }
}

async fn views(server: &Server, customers: &[(u32, &str)]) -> Vec<JobView> {
    let mut views = Vec::new();
    for (_, job) in customers {
        views.push(server.api.job(job).await.expect("the server answers"));
    }
    views
}

fn configuration(options: &SceneOptions, base: &str) -> String {
    let [lease, renew_every, margin] = options.lease;
    let telemetry = options
        .collector
        .as_ref()
        .map(|collector| format!("[telemetry]\notlp = \"{collector}\"\n"));
    format!(
        r#"listen = "127.0.0.1:0"
data = "data"
workers = {workers}
token_file = "token"
portals = ["crash.yaml"]

[timing]
lease = "{lease}"
renew_every = "{renew_every}"
margin = "{margin}"

[retry]
max_attempts = 5
first_delay = "50ms"

[evidence]
on_success = "{on_success}"

[limits]
{limits}

[log]
format = "json"
filter = "{log}"
{telemetry}
[[accounts]]
portal = "practice"
name = "main"
user = "practice.broker"
password_file = "password"
solver = "human"

[portal.practice]
base = "{base}"
verify = {searches}
{more}
"#,
        searches = options.searches,
        telemetry = telemetry.unwrap_or_default(),
        limits = options.limits,
        workers = options.workers,
        on_success = options.on_success,
        log = options.log,
        more = options.more,
    )
}
