//! The practice portal and the server, side by side in this process.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use formhand_domain::{AccountKey, AccountName, Secret};
use formhand_engine::{AccountSetup, GateSwitch, OneTimeCodeSetup, SolverSetup};
use formhand_practice::{Options, Practice, Save, User};
use jiff::SignedDuration;
use url::Url;

use super::definition;
use crate::{
    cli::{CliError, Exit, logging::log_to_file, practice, scratch::fresh_folder},
    config::Config,
    serving::{Server, ServerSetup},
};

/// Nobody wants to watch a demo wait for a minute.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(3);

/// All that runs.
pub(super) struct Stage {
    practice: Practice,
    server: Server,
    data: PathBuf,
}

impl Stage {
    /// Starts both on free ports with a fresh data folder.
    pub(super) async fn set(delays: f64, workers: usize) -> Result<Self, CliError> {
        let data = fresh_folder("demo").map_err(|error| {
            CliError::new(
                Exit::Internal,
                format!("cannot make a data folder: {error}"),
            )
        })?;
        log_to_file(&data.join("formhand.log")).map_err(|error| {
            CliError::new(
                Exit::Internal,
                format!("cannot write into {}: {error}", data.display()),
            )
        })?;
        let options = Options {
            delays,
            ..Options::default()
        };
        let user = options.users.first().cloned().unwrap_or_default();
        let practice = practice::start(options).await?;
        let setup = setup(&practice, &user, &data, workers)?;
        let server = Box::pin(Server::start(setup)).await?;
        Ok(Self {
            practice,
            server,
            data,
        })
    }

    /// The server's API.
    pub(super) fn address(&self) -> Result<Url, CliError> {
        parse(self.server.address())
    }

    /// The server's token.
    pub(super) fn token(&self) -> &Secret {
        self.server.token()
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

    /// Stops both, the server first.
    pub(super) async fn clear(self) {
        self.server.shutdown().await;
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
        token: None,
        token_file: None,
        open_reads: false,
        hosts: Vec::new(),
        portals: vec![Arc::new(portal)],
        accounts: vec![account],
        workers,
        timing,
        retention: defaults.retention,
        browser: defaults.browser,
        gate: GateSwitch::On,
    })
}

fn parse(address: &str) -> Result<Url, CliError> {
    address
        .parse()
        .map_err(|error| CliError::new(Exit::Internal, format!("{address}: {error}")))
}
