//! A store and a collection of a business, on one server.

use std::sync::Arc;

use formhand_domain::{FencingToken, IdempotencyKey, NewJob, SourceName, Status};
use formhand_mongod::{FailCommand, FailMode, Failure, ReplicaSet};
use formhand_seal::Keyring;
use formhand_store::{
    DocumentId, DocumentProblem, Keeping, Looked, MongoStore, Origin, Reached, SavedSource,
    SourcePlace, Sources, Store, Taken, Verdict,
};
use mongodb::{
    Client, Collection, Database,
    bson::{Document, doc},
};

use tokio::sync::{Mutex, MutexGuard};

use crate::{
    backend::{Mongo, replica_set, ring},
    given::{LEASE, at, node, record, start},
};

/// A store and a collection beside it.
pub(crate) struct Scene {
    pub(crate) mongo: Mongo,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) sources: Arc<dyn Sources>,
    pub(crate) origin: Arc<dyn Origin>,
    pub(crate) database: Database,
    pub(crate) customers: Collection<Document>,
    keys: Option<Keyring>,
}

impl Scene {
    pub(crate) async fn new() -> Self {
        Self::with(None).await
    }

    /// One with a store whose records are not sealed, and one with a store whose are.
    pub(crate) async fn both() -> [Self; 2] {
        [Self::new().await, Self::with(Some(ring(1))).await]
    }

    async fn with(keys: Option<Keyring>) -> Self {
        let mongo = Mongo::new().await;
        let client = Client::with_uri_str(mongo.url()).await.unwrap();
        let database = client.default_database().unwrap();
        let (store, sources) = open(mongo.url(), keys.as_ref()).await;
        let origin = sources.origin(&place()).await.unwrap();
        Self {
            store,
            sources,
            origin,
            keys,
            customers: database.collection("customers"),
            database,
            mongo,
        }
    }

    /// Another server's handle.
    pub(crate) async fn other(&self) -> Arc<dyn Sources> {
        open(self.mongo.url(), self.keys.as_ref()).await.1
    }

    /// A handle whose commands can be told from those of others.
    pub(crate) async fn named(&self, name: &str) -> Arc<dyn Sources> {
        let url = format!("{}&appName={name}", self.mongo.url());
        open(&url, self.keys.as_ref()).await.1
    }

    /// The present, as far as the source was read.
    pub(crate) async fn present(&self) -> Reached {
        let (position, at) = self.origin.present().await.unwrap();
        Reached {
            position,
            at,
            scan: None,
        }
    }

    /// Watches the source as `node-a`, from the present on.
    pub(crate) async fn watched(&self) -> FencingToken {
        let keeper = kept(&*self.sources, "node-a", 0).await;
        let present = self.present().await;
        self.sources
            .set_out(&customers(), keeper, &present)
            .await
            .unwrap();
        keeper
    }

    pub(crate) async fn saved(&self) -> SavedSource {
        self.sources.source(&customers()).await.unwrap().unwrap()
    }

    pub(crate) async fn take(&self, keeper: FencingToken, looked: Vec<Looked>) -> Taken {
        let taken = self
            .sources
            .take(&customers(), keeper, looked, None, start())
            .await;
        taken.unwrap()
    }

    /// How many jobs there are of each of these statuses.
    pub(crate) async fn jobs<const N: usize>(&self, statuses: [Status; N]) -> [u64; N] {
        let stats = self.store.stats().await.unwrap();
        statuses.map(|status| stats.by_status[&status])
    }
}

async fn open(url: &str, keys: Option<&Keyring>) -> (Arc<dyn Store>, Arc<dyn Sources>) {
    let store: Arc<dyn Store> =
        Arc::new(MongoStore::open_sealed(url, keys, start()).await.unwrap());
    let sources = Arc::clone(&store).sources().unwrap();
    (store, sources)
}

pub(crate) fn place() -> SourcePlace {
    SourcePlace {
        url: None,
        database: None,
        collection: "customers".into(),
    }
}

/// The source of these tests.
pub(crate) fn customers() -> SourceName {
    SourceName::new("customers").unwrap()
}

/// Lets commands of one client fail, as the only one at a time: the server knows one such wish.
pub(crate) struct Fault {
    server: &'static ReplicaSet,
    _alone: MutexGuard<'static, ()>,
}

impl Fault {
    pub(crate) async fn new() -> Self {
        static ALONE: Mutex<()> = Mutex::const_new(());
        Self {
            server: replica_set().await,
            _alone: ALONE.lock().await,
        }
    }

    /// These commands of the client of this name fail with this code.
    pub(crate) async fn set(&self, command: &str, code: i32, client: &str) {
        let labels = Vec::new();
        let failure = Failure::Error { code, labels };
        let failing = FailCommand::new([command], FailMode::Always, failure).only_of(client);
        self.server.fail_command(&failing).await.unwrap();
    }

    pub(crate) async fn heal(&self) {
        self.server.heal().await.unwrap();
    }
}

/// The right to watch it, which must be there to be had.
pub(crate) async fn kept(sources: &dyn Sources, owner: &str, second: i64) -> FencingToken {
    match keep(sources, owner, second).await {
        Keeping::Ours(lease) => lease.token,
        Keeping::Others(lease) => panic!("{lease:?} is in the way of {owner}"),
    }
}

pub(crate) async fn keep(sources: &dyn Sources, owner: &str, second: i64) -> Keeping {
    let (now, end) = (at(second), at(second) + LEASE);
    sources
        .keep_source(&customers(), &node(owner), now, end)
        .await
        .unwrap()
}

/// A document that becomes the job of a business case.
pub(crate) fn fit(document: &str, case: &str) -> Looked {
    Looked {
        document: DocumentId::parse(document),
        verdict: Verdict::Job(Box::new(job(document, record(case)))),
    }
}

/// The same job, of another document.
pub(crate) fn job(document: &str, new: NewJob) -> NewJob {
    NewJob {
        idempotency_key: Some(key(document)),
        ..new
    }
}

/// The key of a document.
pub(crate) fn key(document: &str) -> IdempotencyKey {
    IdempotencyKey::new(format!("intake:customers:{document}")).unwrap()
}

/// A document that cannot be taken.
pub(crate) fn broken(document: &str) -> Looked {
    Looked {
        document: DocumentId::parse(document),
        verdict: Verdict::Broken(vec![DocumentProblem {
            path: "dob".into(),
            field: "/birthDate".into(),
            message: "is missing; expected a date".into(),
        }]),
    }
}

/// A document that nothing is to be done about.
pub(crate) fn nothing(document: &str) -> Looked {
    Looked {
        document: DocumentId::parse(document),
        verdict: Verdict::Nothing,
    }
}

/// A document of the business.
pub(crate) fn customer(id: &str) -> Document {
    doc! { "_id": id, "name": "Asha Example", "status": "ready" }
}

/// The ids as a person reads them.
pub(crate) fn shown<'a>(ids: impl IntoIterator<Item = &'a DocumentId>) -> Vec<String> {
    ids.into_iter().map(DocumentId::shown).collect()
}
