//! A real mail server: `aiosmtpd`, which `scripts/smtpd` installs.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use serde::Deserialize;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    sync::Mutex,
};

/// What was asked for comes in milliseconds; whoever waits for longer waits in vain.
const LIMIT: Duration = Duration::from_secs(20);

/// A mail server. It ends with this, or with the test's process: it sees the end of its standard input.
pub(super) struct Smtpd {
    _child: Child,
    port: u16,
    lines: Mutex<Lines<BufReader<ChildStdout>>>,
}

/// A mail that it has taken.
#[derive(Debug, Deserialize)]
pub(super) struct Mail {
    pub(super) to: Vec<String>,
    pub(super) subject: String,
    pub(super) id: String,
    pub(super) text: String,
    pub(super) raw: String,
    pub(super) tls: bool,
    pub(super) user: Option<String>,
}

#[derive(Deserialize)]
struct Ready {
    port: u16,
}

impl Smtpd {
    pub(super) async fn start() -> Self {
        Self::with(&[], Stdio::inherit()).await
    }

    /// One that wants TLS and the password `open sesame`.
    pub(super) async fn strict(certificate: &Path, key: &Path) -> Self {
        // It complains of those who do not trust it.
        Self::with(&[certificate, key], Stdio::null()).await
    }

    async fn with(arguments: &[&Path], stderr: Stdio) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/alerts/smtpd.py");
        let mut child = Command::new("python3")
            .arg(script)
            .args(arguments)
            .env("PYTHONPATH", installed())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(stderr)
            .kill_on_drop(true)
            .spawn()
            .expect("python3 runs");
        let stdout = child.stdout.take().unwrap();
        let lines = Mutex::new(BufReader::new(stdout).lines());
        let port = next::<Ready>(&lines).await.port;
        Self {
            _child: child,
            port,
            lines,
        }
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// The next mail that it takes, or has taken.
    pub(super) async fn next(&self) -> Mail {
        next(&self.lines).await
    }
}

async fn next<T: serde::de::DeserializeOwned>(lines: &Mutex<Lines<BufReader<ChildStdout>>>) -> T {
    let mut lines = lines.lock().await;
    let line = tokio::time::timeout(LIMIT, lines.next_line()).await;
    let line = line.expect("the mail server says nothing").unwrap();
    serde_json::from_str(&line.expect("the mail server has ended")).unwrap()
}

/// Cargo names the folder of tools, see `.cargo/config.toml`.
fn installed() -> PathBuf {
    let tools = std::env::var_os("FORMHAND_TOOLS").expect("FORMHAND_TOOLS names the tools");
    let folder = Path::new(&tools).join("smtpd");
    assert!(
        folder.join("aiosmtpd").is_dir(),
        "there is no {}: run scripts/smtpd",
        folder.display()
    );
    folder
}
