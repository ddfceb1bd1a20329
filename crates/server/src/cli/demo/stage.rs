//! The practice portal and the servers, side by side in this process; and, if it is to be, their database.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use formhand_domain::{AccountKey, AccountName, Secret};
use formhand_engine::{AccountSetup, GateSwitch, OneTimeCodeSetup, SealKey, SolverSetup};
use formhand_mongod::ReplicaSet;
use formhand_practice::{Options, Practice, Save, User};
use jiff::SignedDuration;
use url::Url;

use super::definition;
use crate::{
    alerts::AlertSetup,
    cli::{CliError, Exit, logging::log_to_file, practice, scratch::fresh_folder},
    config::Config,
    serving::{Server, ServerSetup},
    webhooks::WebhooksSetup,
};

/// Nobody wants to watch a demo wait for a minute.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(3);

/// All that runs.
pub(super) struct Stage {
    practice: Practice,
    /// Records are handed in to the first; all of them work.
    servers: Vec<Server>,
    /// Ends after the servers.
    database: Option<ReplicaSet>,
    data: PathBuf,
}

/// What is to run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cast {
    /// Factor on the portal's delays.
    pub(super) delays: f64,
    /// Jobs that are worked on at once, by each server.
    pub(super) workers: usize,
    /// Two servers on a MongoDB replica set in place of one with a file.
    pub(super) mongodb: bool,
}

impl Stage {
    /// Starts all on free ports with a fresh data folder.
    pub(super) async fn set(cast: Cast) -> Result<Self, CliError> {
        let internal = |error| CliError::new(Exit::Internal, error);
        let data = fresh_folder("demo")
            .map_err(|error| internal(format!("cannot make a data folder: {error}")))?;
        log_to_file(&data.join("formhand.log"))
            .map_err(|error| internal(format!("cannot write into {}: {error}", data.display())))?;
        let options = Options {
            delays: cast.delays,
            ..Options::default()
        };
        let user = options.users.first().cloned().unwrap_or_default();
        let practice = practice::start(options).await?;
        let mut stage = Self {
            practice,
            servers: Vec::new(),
            database: None,
            data,
        };
        if cast.mongodb {
            stage.share(&user, cast.workers).await?;
        } else {
            let setup = setup(&stage.practice, &user, &stage.data, cast.workers)?;
            stage.servers.push(Box::pin(Server::start(setup)).await?);
        }
        Ok(stage)
    }

    /// Two servers, each with a data folder of its own, on one database.
    async fn share(&mut self, user: &User, workers: usize) -> Result<(), CliError> {
        let database = ReplicaSet::start(&self.data.join("mongodb")).await;
        let database = database.map_err(|error| {
            CliError::new(Exit::Refused, error).hint("`scripts/mongod` installs a MongoDB server")
        })?;
        let url = database.url().to_owned();
        self.database = Some(database);
        let key = SealKey::new(rand::random());
        for name in ["server-1", "server-2"] {
            let mut setup = setup(&self.practice, user, &self.data.join(name), workers)?;
            setup.mongo = Some((url.clone(), key.clone()));
            self.servers.push(Box::pin(Server::start(setup)).await?);
        }
        Ok(())
    }

    /// The server's API.
    pub(super) fn address(&self) -> Result<Url, CliError> {
        let first = self.servers.first().map(Server::address);
        parse(first.unwrap_or_default())
    }

    /// The API's token.
    pub(super) fn token(&self) -> Option<Secret> {
        self.servers.first().map(|server| server.token().clone())
    }

    /// Where each server listens.
    pub(super) fn addresses(&self) -> Vec<&str> {
        self.servers.iter().map(Server::address).collect()
    }

    /// The database, if it is no file.
    pub(super) fn database(&self) -> Option<&str> {
        self.database.as_ref().map(ReplicaSet::url)
    }

    /// The portal's address.
    pub(super) fn portal(&self) -> &str {
        self.practice.url()
    }

    /// The data folder. It stays when all else is gone.
    pub(super) fn data(&self) -> &Path {
        &self.data
    }

    /// The log.
    pub(super) fn log(&self) -> PathBuf {
        self.data.join("formhand.log")
    }

    /// Every save that reached the portal.
    pub(super) fn saves(&self) -> Vec<Save> {
        self.practice.saves()
    }

    /// Stops all, the servers first.
    pub(super) async fn clear(self) {
        for server in self.servers {
            server.shutdown().await;
        }
        if let Some(database) = self.database {
            database.stop().await;
        }
        self.practice.shutdown().await;
    }
}

fn setup(
    practice: &Practice,
    user: &User,
    data: &Path,
    workers: usize,
) -> Result<ServerSetup, CliError> {
    let portal = definition::practice(parse(practice.url())?)?;
    let account = AccountName::new("demo").map_err(|error| CliError::new(Exit::Internal, error))?;
    let account = AccountSetup {
        key: AccountKey {
            portal: portal.name.clone(),
            account,
        },
        user: user.name.clone(),
        password: Secret::new(user.password.clone()),
        solver: SolverSetup::Ocr,
        one_time_code: OneTimeCodeSetup::None,
        max_parallel: None,
    };
    let defaults = Config::defaults()?;
    let mut timing = defaults.timing;
    timing.retry.first_delay = RETRY_AFTER;
    Ok(ServerSetup {
        listen: std::net::SocketAddr::from(([127, 0, 0, 1], 0)),
        data: data.to_owned(),
        mongo: None,
        seal: None,
        token: None,
        token_file: None,
        open_reads: false,
        hosts: Vec::new(),
        secure_cookies: false,
        tokens: Vec::new(),
        limits: defaults.limits,
        portals: vec![Arc::new(portal)],
        accounts: vec![account],
        sources: Vec::new(),
        workers,
        timing,
        keeping: defaults.evidence.keeping,
        remote: None,
        retention: defaults.retention,
        browser: defaults.browser,
        // Whoever watches a demo sees what is the matter.
        alerts: AlertSetup::default(),
        webhooks: WebhooksSetup::default(),
        gate: GateSwitch::On,
    })
}

fn parse(address: &str) -> Result<Url, CliError> {
    address
        .parse()
        .map_err(|error| CliError::new(Exit::Internal, format!("{address}: {error}")))
}
