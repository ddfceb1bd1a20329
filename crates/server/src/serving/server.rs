//! Starting and stopping.

use std::{path::PathBuf, sync::Arc, time::Duration};

use formhand_domain::{AccountKey, Clock, Secret, SystemClock};
use formhand_engine::{BrowserSetup, Engine, EngineSetup};
use formhand_evidence::Evidence;
use formhand_store::{Store, StorePlace};
use jiff::Timestamp;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{
    ApiToken, DataFolder, ServeError, ServerFile, ServerSetup,
    alerts::Alerts,
    gate_off::check_gate,
    listen::{bound, listen},
    node::node_of,
    room::lacking,
    tokens::all_tokens,
    webhooks::Webhooks,
};
use crate::{
    access::{Access, AccessSetup},
    audit::{AuditDesk, daily},
    http::{ApiState, Readiness, router, serve},
    metrics::{Metrics, Places},
};

/// How long answers that are under way may take when the server stops.
const GRACE: Duration = Duration::from_secs(5);

/// A running server.
pub struct Server {
    address: String,
    token: Secret,
    token_file: Option<std::path::PathBuf>,
    store: Arc<dyn Store>,
    engine: Arc<Engine>,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    watching: JoinHandle<()>,
    proving: JoinHandle<()>,
    delivering: JoinHandle<()>,
    // Let go last: by then nothing writes into it any more.
    folder: DataFolder,
}

impl Server {
    /// Takes the data folder, opens the store, starts the engine, listens, and says where in `server.json`.
    pub async fn start(mut setup: ServerSetup) -> Result<Self, ServeError> {
        let folder = DataFolder::take(&setup.data)?;
        let token = ApiToken::find(
            setup.token.clone(),
            setup.token_file.as_deref(),
            folder.path(),
        )?;
        check_exposure(&setup, &token)?;
        check_gate(setup.gate, &setup.portals)?;
        let listener = listen(setup.listen).await?;
        let address = bound(&listener, setup.listen)?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let place = store_place(&setup, &folder);
        let store = place.open_sealed(setup.seal.as_ref(), clock.now()).await?;
        let accounts = accounts(&setup);
        let access = access(&setup, &token)?;
        let limits = setup.limits.serve;
        let alerts = std::mem::take(&mut setup.alerts);
        let webhooks = std::mem::take(&mut setup.webhooks);
        let remote = setup.remote.clone();
        let metrics = watch(&setup, &folder, &store, &accounts, clock.now()).await;
        let webhooks = Webhooks::new(webhooks, &folder, &store, &clock, &metrics).await?;
        let alerts = Alerts::new(alerts, &folder, &store, &clock, &accounts, &webhooks.desk)?;
        let engine_setup = engine_setup(setup, &folder, Arc::clone(&store), Arc::clone(&clock))?;
        let engine = Arc::new(Box::pin(Engine::start(engine_setup)).await?);
        let stop = CancellationToken::new();
        tokio::spawn(metrics.clone().follow(store.changes(), stop.clone()));
        let state = ApiState {
            store: Arc::clone(&store),
            intake: engine.intake().clone(),
            sources: engine.sources().clone(),
            sight: engine.sight().clone(),
            take_overs: engine.take_overs().clone(),
            alerts: alerts.desk.clone(),
            audit: AuditDesk::new(Arc::clone(&store), Arc::clone(&clock)),
            webhooks: webhooks.desk.clone(),
            evidence: Evidence::at(folder.evidence()).with_remote(remote),
            clock,
            access,
            limits,
            accounts: Arc::new(accounts),
            masterless: Arc::new(engine.masterless()),
            readiness: readiness(Arc::clone(&engine), folder.path().to_owned()),
            metrics,
            stop: stop.clone(),
        };
        let proving = tokio::spawn(daily(state.audit.clone(), stop.clone()));
        let serving = tokio::spawn(serve(listener, router(state), limits, stop.clone()));
        let watching = alerts.start(&stop);
        let delivering = webhooks.start(&stop);
        let token_file = token.file.map(|file| file.canonicalize().unwrap_or(file));
        say_where(&folder, &address, token_file.as_deref())?;
        Ok(Self {
            address,
            token: token.secret,
            token_file,
            store,
            engine,
            stop,
            serving,
            watching,
            proving,
            delivering,
            folder,
        })
    }

    /// The API, such as `http://127.0.0.1:7070`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The API's token.
    pub fn token(&self) -> &Secret {
        &self.token
    }

    /// The file that holds the token.
    pub fn token_file(&self) -> Option<&std::path::Path> {
        self.token_file.as_deref()
    }

    /// The data folder.
    pub fn folder(&self) -> &DataFolder {
        &self.folder
    }

    /// Where its jobs are kept.
    pub fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store)
    }

    /// Stops: no new requests, no new jobs; what is past arming finishes, the rest is given back.
    pub async fn shutdown(self) {
        self.stop.cancel();
        ServerFile::remove(self.folder.path());
        self.engine.drain().await;
        if tokio::time::timeout(GRACE, self.serving).await.is_err() {
            tracing::warn!("some answers were cut off at the stop");
        }
        for mut telling in [self.watching, self.delivering, self.proving] {
            if tokio::time::timeout(GRACE, &mut telling).await.is_err() {
                // What it was about to send is written down, and sent after the next start.
                telling.abort();
            }
        }
        if let Err(error) = self.store.close().await {
            tracing::error!(code = "store_failed", %error, "the store did not close cleanly");
        }
    }
}

/// Writes down where the server is, for who runs commands beside it.
fn say_where(
    folder: &DataFolder,
    address: &str,
    token_file: Option<&std::path::Path>,
) -> Result<(), ServeError> {
    let file = ServerFile {
        version: ServerFile::VERSION,
        address: address.to_owned(),
        token_file: token_file.map(ToOwned::to_owned),
    };
    file.write(folder.path())
        .map_err(|source| ServeError::Folder {
            path: folder.path().join("server.json"),
            source,
        })
}

/// The accounts that are worked with.
fn accounts(setup: &ServerSetup) -> Vec<AccountKey> {
    let keys = setup.accounts.iter().map(|account| account.key.clone());
    keys.collect()
}

/// Where a server with this setup keeps its jobs.
pub(crate) fn store_place(setup: &ServerSetup, folder: &DataFolder) -> StorePlace {
    match &setup.mongo {
        Some((url, _)) => StorePlace::Mongo(url.clone()),
        None => StorePlace::Sqlite(folder.database()),
    }
}

/// Counts from here on what happens in the store: also what the engine does at its start.
async fn watch(
    setup: &ServerSetup,
    folder: &DataFolder,
    store: &Arc<dyn Store>,
    accounts: &[AccountKey],
    now: Timestamp,
) -> Metrics {
    let places = Places {
        data: folder.path().to_owned(),
        profiles: folder.profiles(),
        database: setup.mongo.is_none().then(|| folder.database()),
        started_at: now,
    };
    let metrics = Metrics::new(Arc::clone(store), accounts, places);
    if let Err(error) = metrics.catch_up().await {
        // It is tried again as soon as something happens; what comes before that is not counted.
        tracing::warn!(code = "store_failed", %error, "the store does not say where its history ends");
    }
    metrics
}

/// What can be reached from other machines must be guarded by a token that somebody chose.
fn check_exposure(setup: &ServerSetup, token: &ApiToken) -> Result<(), ServeError> {
    let address = setup.listen;
    if address.ip().is_loopback() {
        return Ok(());
    }
    if !token.chosen && setup.tokens.is_empty() {
        return Err(ServeError::NoToken { address });
    }
    if setup.open_reads {
        return Err(ServeError::OpenToAll { address });
    }
    Ok(())
}

fn access(setup: &ServerSetup, token: &ApiToken) -> Result<Access, ServeError> {
    Ok(Access::new(AccessSetup {
        tokens: all_tokens(&token.secret, &setup.tokens)?,
        open_reads: setup.open_reads,
        hosts: setup.hosts.clone(),
        secure_cookies: setup.secure_cookies,
        rates: setup.limits.rates,
        proxies: setup.limits.proxies.clone(),
    }))
}

fn engine_setup(
    setup: ServerSetup,
    folder: &DataFolder,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
) -> Result<EngineSetup, ServeError> {
    let node = node_of(folder.path())?;
    Ok(EngineSetup {
        node,
        store,
        clock,
        portals: setup.portals,
        accounts: setup.accounts,
        sources: setup.sources,
        workers: setup.workers,
        timing: setup.timing,
        browser: BrowserSetup {
            profiles: folder.profiles(),
            worker: setup.browser.worker,
            master: setup.browser.master,
            wear: setup.browser.wear,
        },
        evidence: folder.evidence(),
        remote: setup.remote,
        keeping: setup.keeping,
        retention: setup.retention,
        seal: setup.mongo.map(|(_, key)| key),
        gate: setup.gate,
    })
}

fn readiness(engine: Arc<Engine>, data: PathBuf) -> Readiness {
    Arc::new(move || {
        let (engine, data) = (Arc::clone(&engine), data.clone());
        Box::pin(async move {
            match lacking(&data) {
                Some(why) => Some(why),
                None => engine.not_ready().await,
            }
        })
    })
}
