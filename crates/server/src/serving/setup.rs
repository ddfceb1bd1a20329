//! What a server is told at its start.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use formhand_domain::Secret;
use formhand_engine::{AccountSetup, GateSwitch, Keeping, Retention, SealKey, SourceSetup, Timing};
use formhand_evidence::Remote;
use formhand_portal::Portal;
use formhand_seal::Keyring;

use super::{ServeError, load_portals, load_sources};
use crate::{
    access::Token,
    alerts::AlertSetup,
    config::{BrowserConfig, Config, LimitsConfig},
    webhooks::WebhooksSetup,
};

/// All that a server needs.
pub struct ServerSetup {
    /// Where to listen. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// The data folder.
    pub data: PathBuf,
    /// The database, and what sessions are sealed with there; nothing for a file in the data folder.
    pub mongo: Option<(String, SealKey)>,
    /// What records are sealed with; nothing if they are not.
    pub seal: Option<Keyring>,
    /// A token that the environment gave.
    pub token: Option<Secret>,
    /// A file with the token.
    pub token_file: Option<PathBuf>,
    /// Whether reading needs no token.
    pub open_reads: bool,
    /// Names of this server.
    pub hosts: Vec<String>,
    /// Whether the cookie of a login goes over https only.
    pub secure_cookies: bool,
    /// Who else may use the API.
    pub tokens: Vec<Token>,
    /// How much a client may ask, and how slowly.
    pub limits: LimitsConfig,
    /// The portals.
    pub portals: Vec<Arc<Portal>>,
    /// The accounts with their secrets.
    pub accounts: Vec<AccountSetup>,
    /// Collections that records are taken from.
    pub sources: Vec<SourceSetup>,
    /// How many jobs are worked on at once.
    pub workers: usize,
    /// Leases, retries and deadlines.
    pub timing: Timing,
    /// What is kept of attempts.
    pub keeping: Keeping,
    /// The object storage that it goes to once its job has ended.
    pub remote: Option<Remote>,
    /// How long what belongs to ended jobs is kept.
    pub retention: Retention,
    /// The browsers.
    pub browser: BrowserConfig,
    /// What is watched, and who is told.
    pub alerts: AlertSetup,
    /// Who is told what becomes of jobs.
    pub webhooks: WebhooksSetup,
    /// Off only to be found out: see `formhand chaos --without-gate`.
    pub gate: GateSwitch,
}

impl ServerSetup {
    /// Reads what the configuration points to: definitions and secrets.
    pub fn of(config: Config, token: Option<Secret>) -> Result<Self, ServeError> {
        let portals = load_portals(&config)?;
        let with_secrets = |account: &crate::config::AccountConfig| {
            account.setup().map_err(|source| ServeError::Account {
                account: account.key.to_string(),
                source,
            })
        };
        let accounts = config
            .accounts
            .iter()
            .map(with_secrets)
            .collect::<Result<_, _>>()?;
        let token_of = |token: &crate::config::TokenConfig| {
            token.token().map_err(|source| ServeError::Token {
                name: token.name.clone(),
                source,
            })
        };
        let tokens = config
            .tokens
            .iter()
            .map(token_of)
            .collect::<Result<_, _>>()?;
        let webhooks = config.webhooks.setup(&portals)?;
        let sources = load_sources(&config, &portals)?;
        Ok(Self {
            listen: config.listen,
            data: config.data,
            mongo: config.store.read()?,
            seal: config.records.read()?,
            token,
            token_file: config.token_file,
            open_reads: config.open_reads,
            hosts: config.hosts,
            secure_cookies: config.secure_cookies,
            tokens,
            limits: config.limits,
            portals,
            accounts,
            sources,
            workers: config.workers,
            timing: config.timing,
            keeping: config.evidence.keeping,
            remote: config
                .evidence
                .remote
                .map(|remote| remote.read())
                .transpose()?,
            retention: config.retention,
            browser: config.browser,
            alerts: config.alerts.setup()?,
            webhooks,
            gate: GateSwitch::On,
        })
    }
}
