//! A database with a store and a collection of a business in it.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use formhand_domain::{
    AccountKey, AccountName, Clock, IdempotencyKey, Job, PortalName, Secret, SourceName, Status,
    SystemClock,
};
use formhand_engine::{
    AccountSetup, Existing, Intake, OneTimeCodeSetup, SolverSetup, SourceKind, SourceSetup,
    WriteBack,
};
use formhand_mongod::{FailCommand, FailMode, Failing, Failure, ReplicaSet};
use formhand_portal::{LoadOptions, load, mapping};
use formhand_store::{JobFilter, MongoStore, SavedSource, SourcePlace, Sources, Store};
use mongodb::{
    Client, Collection, Database,
    bson::{Document, doc, oid::ObjectId},
};
use tokio::{
    sync::{Mutex, MutexGuard, OnceCell},
    time::{Instant, sleep},
};

/// A portal that nobody ever reaches.
const PORTAL: &str = include_str!("portal.yaml");

/// How the business's documents become records.
const MAPPING: &str = "
formhand: 1
portal: garden
flow: plant
account: {from: branch, values: {BLR: main, CHN: chennai}}
when: [{path: status, is: ready}]
updates: [status]
record:
  name: customer.name
  tree: tree
  height: {from: height, optional: true, as: integer}
";

/// What lasts longer than this does not come to an end.
const LIMIT: Duration = Duration::from_mins(1);

/// A database with a store and a collection of a business in it.
pub(crate) struct Scene {
    pub(crate) url: String,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) sources: Arc<dyn Sources>,
    pub(crate) database: Database,
    pub(crate) customers: Collection<Document>,
}

impl Scene {
    pub(crate) async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let server = replica_set().await;
        Self::at(&server.url().replace("/?", &format!("/intake-{count}?"))).await
    }

    pub(crate) async fn at(url: &str) -> Self {
        let client = Client::with_uri_str(url).await.unwrap();
        let database = client.default_database().unwrap();
        let store = open(url).await;
        Self {
            url: url.to_owned(),
            sources: Arc::clone(&store).sources().unwrap(),
            store,
            customers: database.collection("customers"),
            database,
        }
    }

    /// The source as the store knows it.
    pub(crate) async fn saved(&self) -> SavedSource {
        let saved = self.sources.source(&name()).await.unwrap();
        saved.expect("it was watched")
    }

    /// How many jobs there are of each of these statuses.
    pub(crate) async fn count<const N: usize>(&self, statuses: [Status; N]) -> [u64; N] {
        let stats = self.store.stats().await.unwrap();
        statuses.map(|status| stats.by_status[&status])
    }

    /// How many jobs there are.
    pub(crate) async fn total(&self) -> u64 {
        self.store.stats().await.unwrap().total()
    }

    /// All jobs, the first ones first.
    pub(crate) async fn jobs(&self) -> Vec<Job> {
        let mut after = None;
        let mut jobs = Vec::new();
        loop {
            let page = self
                .store
                .jobs(JobFilter::default(), after, 500)
                .await
                .unwrap();
            jobs.extend(page.jobs);
            after = page.next;
            if after.is_none() {
                jobs.reverse();
                return jobs;
            }
        }
    }

    /// Resolves when there are so many jobs.
    pub(crate) async fn until_jobs(&self, count: u64) {
        until(&format!("there are {count} jobs"), || async {
            self.total().await >= count
        })
        .await;
        assert_eq!(self.total().await, count);
    }

    /// Resolves when the source is watched from where it stands, with nothing left to scan.
    pub(crate) async fn until_watched(&self) {
        until("the source is watched", || async {
            let saved = self.sources.source(&name()).await.unwrap();
            saved.is_some_and(|saved| {
                saved.trouble.is_none()
                    && saved.reached.is_some_and(|reached| reached.scan.is_none())
            })
        })
        .await;
    }

    /// What the business does when a customer is ready.
    pub(crate) async fn insert(&self, document: Document) {
        self.customers.insert_one(document).await.unwrap();
    }

    /// Inserts ready customers of these numbers.
    pub(crate) async fn insert_many(&self, numbers: std::ops::Range<u32>) {
        let documents: Vec<Document> = numbers.map(customer).collect();
        for part in documents.chunks(500) {
            self.customers.insert_many(part).await.unwrap();
        }
    }

    /// Whether each of these customers is exactly one job, and there is no other.
    pub(crate) async fn assert_one_job_each(&self, numbers: std::ops::Range<u32>) {
        let mut trees: Vec<String> = Vec::new();
        for job in self.jobs().await {
            assert_eq!(job.status(), Status::Pending);
            trees.push(job.record["tree"].as_str().unwrap().to_owned());
        }
        trees.sort();
        let mut expected: Vec<String> = numbers.map(tree).collect();
        expected.sort();
        assert!(
            trees == expected,
            "{} jobs of {} documents",
            trees.len(),
            expected.len()
        );
    }
}

/// Resolves when it holds.
pub(crate) async fn until<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    until_within(LIMIT, what, &mut holds).await;
}

/// The same with another limit.
pub(crate) async fn until_within<F: Future<Output = bool>>(
    limit: Duration,
    what: &str,
    holds: &mut impl FnMut() -> F,
) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < limit, "in vain: {what}");
        sleep(Duration::from_millis(20)).await;
    }
}

/// A store of its own, as every process has one.
pub(crate) async fn open(url: &str) -> Arc<dyn Store> {
    Arc::new(MongoStore::open(url, SystemClock.now()).await.unwrap())
}

/// The name of the source.
pub(crate) fn name() -> SourceName {
    SourceName::new("customers").unwrap()
}

/// A customer of the business who is ready.
pub(crate) fn customer(number: u32) -> Document {
    doc! {
        "_id": ObjectId::new(),
        "status": "ready",
        "branch": "BLR",
        "customer": { "name": format!("Asha Example {number}") },
        "tree": tree(number),
        "height": i64::from(number % 9 + 1),
    }
}

/// The same customer, changed.
pub(crate) fn but(document: Document, fields: Document) -> Document {
    let mut document = document;
    document.extend(fields);
    document
}

/// What makes a customer's record the same business case.
pub(crate) fn tree(number: u32) -> String {
    format!("T{number}")
}

/// The source that the documents are taken from by the mapping.
pub(crate) fn by_mapping() -> SourceSetup {
    mapped(MAPPING)
}

/// The same, but only new documents are looked at.
pub(crate) fn only_new() -> SourceSetup {
    mapped(&MAPPING.replace("updates: [status]\n", ""))
}

fn mapped(text: &str) -> SourceSetup {
    let mapping = mapping::load(Path::new("customers.yaml"), text).unwrap();
    SourceSetup {
        name: name(),
        place: SourcePlace {
            url: None,
            database: None,
            collection: "customers".into(),
        },
        kind: SourceKind::Mapping(Box::new(mapping)),
        existing: Existing::Skip,
        write_back: WriteBack::default(),
    }
}

/// The source with a connection of its own, whose commands can be told from those of others.
pub(crate) fn own_url(url: &str, source: SourceSetup, app_name: &str) -> SourceSetup {
    SourceSetup {
        place: SourcePlace {
            url: Some(format!("{url}&appName={app_name}")),
            ..source.place
        },
        ..source
    }
}

/// The door for records.
pub(crate) fn intake(store: &Arc<dyn Store>) -> Intake {
    let read = |_: &Path| Ok(PORTAL.to_owned());
    let portal = load(Path::new("portal.yaml"), &read, LoadOptions::default()).unwrap();
    let accounts = ["main", "chennai"].map(|account| AccountSetup {
        key: AccountKey {
            portal: PortalName::new("garden").unwrap(),
            account: AccountName::new(account).unwrap(),
        },
        user: "gardener".to_owned(),
        password: Secret::new("never used"),
        solver: SolverSetup::Ocr,
        one_time_code: OneTimeCodeSetup::None,
        max_parallel: None,
    });
    Intake::new(
        Arc::clone(store),
        Arc::new(SystemClock),
        &[Arc::new(portal)],
        &accounts,
    )
}

/// A record that comes another way.
pub(crate) async fn submit(scene: &Scene, number: u32, key: Option<IdempotencyKey>) -> Job {
    let record = serde_json::json!({ "name": "Asha Example", "tree": tree(number) });
    let submission = formhand_engine::Submission {
        portal: None,
        flow: None,
        account: Some(AccountName::new("main").unwrap()),
        caller_id: None,
        idempotency_key: key,
        record,
    };
    intake(&scene.store).submit(submission).await.unwrap().job
}

/// Lets commands of one client fail, as the only one at a time: the server knows one such wish.
pub(crate) struct Fault<'a> {
    server: &'a ReplicaSet,
    _alone: Option<MutexGuard<'static, ()>>,
}

impl Fault<'static> {
    /// On the server that all tests share.
    pub(crate) async fn new() -> Self {
        static ALONE: Mutex<()> = Mutex::const_new(());
        Self {
            server: replica_set().await,
            _alone: Some(ALONE.lock().await),
        }
    }
}

impl<'a> Fault<'a> {
    /// On a server that nobody shares.
    pub(crate) fn on(server: &'a ReplicaSet) -> Self {
        Self {
            server,
            _alone: None,
        }
    }

    /// These commands of the client of this name fail with this code.
    pub(crate) async fn set(&self, command: &str, mode: FailMode, code: i32, app: &str) -> Failing {
        let labels = Vec::new();
        let failure = Failure::Error { code, labels };
        let failing = FailCommand::new([command], mode, failure).only_of(app);
        self.server.fail_command(&failing).await.unwrap()
    }

    /// Resolves when so many commands have failed.
    pub(crate) async fn until_failed(&self, failing: Failing, times: i64) {
        self.server.until_failed(failing, times).await.unwrap();
    }

    pub(crate) async fn heal(&self) {
        self.server.heal().await.unwrap();
    }
}

/// The one server of this run. It ends with the process.
pub(crate) async fn replica_set() -> &'static ReplicaSet {
    static SERVER: OnceCell<ReplicaSet> = OnceCell::const_new();
    let folders = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mongod-intake");
    let start = || async { ReplicaSet::start_among(&folders).await.unwrap() };
    SERVER.get_or_init(start).await
}
