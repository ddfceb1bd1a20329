//! The practice portal in this process, and a folder in which servers live and die.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use formhand_engine::GateSwitch;
use formhand_practice::{Fault, FaultError, FaultName, Options, Practice, Step};

use super::{
    base::{Base, Kind},
    definition,
    server::Server,
};
use crate::cli::{CliError, Exit, practice, scratch::fresh_folder};

/// A portal takes its time for a save: before it is done, and before it is answered.
const SAVING: [(FaultName, u64); 2] = [(FaultName::Slow, 150), (FaultName::SlowSuccess, 350)];

/// How long after the form arrived the portal answers.
pub(super) const ANSWERED_AFTER: Duration = Duration::from_millis(SAVING[0].1 + SAVING[1].1);

/// Longer than a lease.
pub(super) const PAUSE: Duration = Duration::from_millis(3_300);

/// As many attempts as a configuration may allow: a job is struck more than once.
pub(super) const ATTEMPTS: u32 = 20;

/// The first wait before a retry, in milliseconds. It doubles, up to some seconds after the blows that a job may meet.
pub(super) const RETRY_MS: i64 = 1;

/// All that runs.
pub(super) struct Stage {
    pub(super) practice: Practice,
    pub(super) base: Base,
    gate: GateSwitch,
    nodes: Vec<Node>,
    folder: PathBuf,
}

/// A place for one server at a time.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// The file that it is told by.
    pub(super) configuration: String,
    /// Its data folder.
    data: PathBuf,
}

/// What is to run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cast {
    pub(super) store: Kind,
    pub(super) nodes: u8,
    pub(super) workers: u8,
    pub(super) gate: GateSwitch,
}

impl Stage {
    /// Starts the portal and the database, and writes what servers need.
    pub(super) async fn set(cast: Cast) -> Result<Self, CliError> {
        let options = Options::swift();
        let user = options.users.first().cloned().unwrap_or_default();
        let practice = practice::start(options).await?;
        dawdle(&practice).map_err(|error| CliError::new(Exit::Internal, error))?;
        let unwritten = |error: io::Error| {
            let message = format!("what servers need cannot be written: {error}");
            CliError::new(Exit::Internal, message)
        };
        let folder = filled(&user.password).map_err(unwritten)?;
        let base = Base::start(cast.store, &folder).await?;
        let nodes: Vec<Node> = (1..=cast.nodes)
            .map(|number| Node::of(number, &folder))
            .collect();
        for node in &nodes {
            let text = configuration(practice.url(), &user.name, cast.workers, node, base.url());
            fs::write(folder.join(&node.configuration), text).map_err(unwritten)?;
        }
        Ok(Self {
            practice,
            base,
            gate: cast.gate,
            nodes,
            folder,
        })
    }

    /// How many servers there are.
    pub(super) fn nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Starts a server in this place and waits until it serves.
    pub(super) async fn serve(&self, place: usize) -> Result<Server, CliError> {
        Server::start(&self.folder, &self.nodes[place], self.gate).await
    }

    /// Starts a server in this place and kills it after so long.
    pub(super) async fn serve_in_vain(
        &self,
        place: usize,
        killed_after: Duration,
    ) -> Result<(), CliError> {
        Server::still_born(&self.folder, &self.nodes[place], self.gate, killed_after).await
    }

    /// Where everything is. It stays when all else is gone.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Nothing is cut any more.
    pub(super) fn calm(&self) -> Result<(), CliError> {
        dawdle(&self.practice).map_err(|error| CliError::new(Exit::Internal, error))
    }

    /// Where they keep what attempts have shown.
    pub(super) fn evidence(&self) -> Vec<PathBuf> {
        let folders = self.nodes.iter().map(|node| node.data.join("evidence"));
        folders.collect()
    }

    /// Where the browsers' profiles of the server in this place are.
    pub(super) fn profiles(&self, place: usize) -> PathBuf {
        self.nodes[place].data.join("profiles")
    }
}

impl Node {
    fn of(number: u8, folder: &Path) -> Self {
        // The first is where a server alone would be.
        let name = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        Self {
            configuration: format!("formhand{name}.toml"),
            data: folder.join(format!("data{name}")),
        }
    }
}

/// Lets saves take their time, and nothing else happen any more.
fn dawdle(practice: &Practice) -> Result<(), FaultError> {
    let slow = |(name, delay_ms)| Fault::new(name).step(Step::Save).delay_ms(delay_ms);
    practice.set_faults(SAVING.map(slow).into())
}

fn filled(password: &str) -> io::Result<PathBuf> {
    let folder = fresh_folder("chaos")?;
    fs::write(folder.join("password"), password)?;
    fs::write(
        folder.join("seal"),
        STANDARD.encode(rand::random::<[u8; 32]>()),
    )?;
    for (name, text) in definition::files() {
        fs::write(folder.join(name), text)?;
    }
    Ok(folder)
}

/// Leases are short, so that a pause need not be long to outlast them.
fn configuration(
    base: &str,
    user: &str,
    workers: u8,
    node: &Node,
    database: Option<&str>,
) -> String {
    let data = node.data.display();
    let store = database.map_or_else(String::new, |url| {
        format!("[store]\nurl = \"{url}\"\nseal_key_file = \"seal\"\n")
    });
    format!(
        r#"listen = "127.0.0.1:0"
data = "{data}"
workers = {workers}
portals = ["{}"]

{store}
[timing]
lease = "3s"
renew_every = "1s"
margin = "500ms"

[retry]
max_attempts = {ATTEMPTS}
first_delay = "{RETRY_MS}ms"

[log]
format = "json"
filter = "info"

[[accounts]]
portal = "practice"
name = "main"
user = "{user}"
password_file = "password"
solver = "human"

[portal.practice]
base = "{base}"
"#,
        definition::NAME,
    )
}
