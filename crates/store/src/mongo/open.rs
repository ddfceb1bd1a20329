//! Opening and closing the database.

use std::{sync::Arc, time::Duration};

use formhand_seal::Keyring;
use jiff::Timestamp;
use mongodb::{
    Client,
    bson::doc,
    options::{Acknowledgment, ClientOptions, ReadConcern, WriteConcern},
};
use tokio::sync::{Mutex, broadcast};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    audit::{self, Numbering, Unnumbered},
    collections::Collections,
    counts,
    import::refuse_unfinished,
    schema, seal,
    session_event::{self, Recording},
    signals,
    within::within,
};
use crate::{Change, StoreError};

/// Signals that a listener may lag behind before it has to read the audit instead.
const SIGNALS: usize = 1024;

/// How long the driver looks for a primary, unless the URL says something else. Elections take seconds.
const SELECTION: Duration = Duration::from_secs(8);

/// The database, where the URL names none.
pub(super) const DATABASE: &str = "formhand";

/// The store on a MongoDB replica set. Any number of servers may open the same database.
pub struct MongoStore {
    pub(super) db: Collections,
    pub(super) changes: broadcast::Sender<Change>,
    /// Claims of one handle take turns.
    pub(super) claiming: Arc<Mutex<()>>,
    numbering: Numbering,
    pub(super) recording: Recording,
    closing: CancellationToken,
    tasks: TaskTracker,
}

impl MongoStore {
    /// Connects, brings the schema up to date, and begins to listen for changes.
    pub async fn open(url: &str, now: Timestamp) -> Result<Self, StoreError> {
        Self::open_sealed(url, None, now).await
    }

    /// The same with the keys that it is sealed with. A store in which nothing is yet is sealed by this.
    pub async fn open_sealed(
        url: &str,
        keys: Option<&Keyring>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let collections = connect(url).await?;
        ready(&collections, now).await?;
        let collections = within(seal::settle(collections, keys)).await?;
        let (changes, _) = broadcast::channel(SIGNALS);
        let closing = CancellationToken::new();
        let tasks = TaskTracker::new();
        let following = signals::follow(&collections, changes.clone(), closing.clone()).await?;
        tasks.spawn(following);
        let (numbering, task) = audit::start_numbering(collections.clone(), closing.clone());
        tasks.spawn(task);
        let (recording, task) =
            session_event::start_recording(collections.clone(), closing.clone());
        tasks.spawn(task);
        tasks.spawn(counts::start_folding(collections.clone(), closing.clone()));
        tasks.close();
        Ok(Self {
            db: collections,
            changes,
            claiming: Arc::default(),
            numbering,
            recording,
            closing,
            tasks,
        })
    }

    /// The schema of the database, if this program can work on it; nothing if the database is new. Nothing is changed.
    pub(crate) async fn schema(url: &str) -> Result<Option<u32>, StoreError> {
        let store = connect(url).await?;
        let present = within(async {
            check_replica_set(&store).await?;
            refuse_unfinished(&store).await?;
            schema::present(&store).await
        })
        .await;
        store.client.shutdown().immediate(true).await;
        present
    }

    /// The newest schema that this program knows.
    pub(crate) fn known_schema() -> u32 {
        schema::KNOWN
    }

    /// Ends what runs beside, and the connections.
    pub(super) async fn end(&self) {
        self.closing.cancel();
        self.tasks.wait().await;
        self.db.client.clone().shutdown().immediate(true).await;
    }

    /// Has entries of the audit numbered, beside.
    pub(super) fn number(&self, entries: Vec<Unnumbered>) {
        self.numbering.hand_over(entries);
    }

    /// Resolves when the entries that were handed over before have their numbers.
    pub(super) async fn until_numbered(&self) {
        self.numbering.until_numbered().await;
    }
}

impl Drop for MongoStore {
    fn drop(&mut self) {
        self.closing.cancel();
    }
}

/// Connects. Nothing is read or written.
pub(super) async fn connect(url: &str) -> Result<Collections, StoreError> {
    let mut options = ClientOptions::parse(url).await?;
    options
        .app_name
        .get_or_insert_with(|| "formhand".to_owned());
    options.server_selection_timeout.get_or_insert(SELECTION);
    options.connect_timeout.get_or_insert(SELECTION);
    // Whatever the URL says: an answer means that it survives the loss of a minority, and what is read was written so.
    options.write_concern = Some(
        WriteConcern::builder()
            .w(Acknowledgment::Majority)
            .journal(true)
            .build(),
    );
    options.read_concern = Some(ReadConcern::majority());
    options.selection_criteria = None;
    options.retry_writes = Some(true);
    options.retry_reads = Some(true);
    let name = options.default_database.clone();
    let client = Client::with_options(options)?;
    let database = client.database(name.as_deref().unwrap_or(DATABASE));
    Ok(Collections::of(client, database))
}

/// Brings the schema up to date, of a database that somebody may work on.
pub(super) async fn ready(store: &Collections, now: Timestamp) -> Result<(), StoreError> {
    within(check_replica_set(store)).await?;
    within(refuse_unfinished(store)).await?;
    schema::migrate(store, now).await?;
    // Once more: a copy that has begun meanwhile has closed what migrating may have opened.
    within(refuse_unfinished(store)).await
}

/// Refuses a server that cannot tell of changes.
pub(super) async fn check_replica_set(store: &Collections) -> Result<(), StoreError> {
    let hello = store.database.run_command(doc! { "hello": 1 }).await?;
    if hello.contains_key("setName") || hello.get_str("msg").is_ok_and(|said| said == "isdbgrid") {
        return Ok(());
    }
    Err(StoreError::Backend(
        "this MongoDB is no replica set, so it tells of no changes and nothing is sure to be durable: \
         start it with --replSet and initiate it; one member is enough"
            .into(),
    ))
}
