//! A real browser that is only started, sent to an address and ended. What it did is in the portal's ledger.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

/// The names of Chromium in distributions.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const QUIET: [&str; 6] = [
    "--headless=new",
    // Our own pages only, and the sandbox does not start under root.
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--password-store=basic",
];
/// The debugging pipe is descriptors 3 and 4. What comes back is of no interest.
const WITH_PIPE: &str = "exec \"$@\" 3<&0 4>/dev/null";
/// Chromium writes all of its profile down when it is asked like this; a signal loses fresh cookies.
const CLOSE: &[u8] = b"{\"id\":1,\"method\":\"Browser.close\"}\0";
/// No test that works comes near.
const PATIENCE: Duration = Duration::from_mins(1);

/// A browser's profile, which outlives the browser.
pub(crate) struct Profile(TempDir);

/// A browser that shows a page. It is killed when this is dropped.
pub(crate) struct Browser(Child);

impl Profile {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A browser at this address.
    pub(crate) fn open(&self, url: &str) -> Browser {
        let mut command = Command::new("sh");
        command.args(["-c", WITH_PIPE, "sh", program()]);
        command.args(self.flags()).arg("--remote-debugging-pipe");
        command.arg(url).kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::null());
        Browser(command.stderr(Stdio::null()).spawn().unwrap())
    }

    /// The page as it is in the end. The browser's time flies, so that nothing waits for a timer.
    pub(crate) async fn dump(&self, url: &str) -> String {
        let mut command = Command::new(program());
        command.args(self.flags()).arg(url).kill_on_drop(true);
        command.args(["--virtual-time-budget=120000", "--dump-dom"]);
        let output = command.stderr(Stdio::null()).output();
        let output = patiently("a dumped page", output).await.unwrap();
        assert!(output.status.success(), "{}", output.status);
        String::from_utf8(output.stdout).unwrap()
    }

    fn flags(&self) -> Vec<String> {
        let profile = format!("--user-data-dir={}", self.0.path().display());
        let quiet = QUIET.iter().map(|flag| (*flag).to_owned());
        quiet.chain([profile]).collect()
    }
}

impl Browser {
    /// Asks it to end, and waits until everything is in its profile.
    pub(crate) async fn end(mut self) {
        let pipe = self.0.stdin.as_mut().unwrap();
        pipe.write_all(CLOSE).await.unwrap();
        // Waiting would shut the pipe before the browser has read it.
        let pipe = self.0.stdin.take();
        let ended = patiently("the end of a browser", self.0.wait()).await;
        drop(pipe);
        assert!(ended.unwrap().success());
    }
}

/// What is waited for, unless it never comes.
pub(crate) async fn patiently<T>(what: &str, waiting: impl Future<Output = T>) -> T {
    let found = tokio::time::timeout(PATIENCE, waiting).await;
    found.unwrap_or_else(|_| panic!("waited {PATIENCE:?} for {what}"))
}

fn program() -> &'static str {
    let path = std::env::var("PATH").unwrap();
    let is_there = |name: &&&str| std::env::split_paths(&path).any(|folder| has(&folder, name));
    NAMES.iter().find(is_there).expect("Chromium is installed")
}

fn has(folder: &Path, name: &str) -> bool {
    folder.join(name).is_file()
}
