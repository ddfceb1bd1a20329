//! The helper process: some callers use the store at once, and say each time when they got an answer.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
};

use formhand_store::SqliteStore;
use rusqlite::{Connection, OpenFlags};
use tokio::{sync::Barrier, task::JoinSet};

use super::{
    caller::Caller,
    recorder::{LOOK, Recorder},
    rows::{self, Rows},
    step::Step,
    trace,
};

const FOLDER: &str = "FORMHAND_POWER_FOLDER";
const RESULT: &str = "FORMHAND_POWER_RESULT";
const READY: &str = "the helper is ready";
const CALLERS: usize = 6;

/// Of each portal its rows as they were after each answer; first those before the first one, none.
pub(super) type Versions = BTreeMap<String, Vec<Vec<String>>>;

/// What a run left behind.
pub(super) struct Recording {
    /// What happened, in order.
    pub(super) log: Vec<Step>,
    /// What each caller could rely on, after each of its answers.
    pub(super) versions: Versions,
}

/// Where the store's file is below the recorded folder. The folder between is made by the store.
pub(super) fn file_in(root: &Path) -> PathBuf {
    root.join("data/formhand.db")
}

/// Runs the helper and records it.
pub(super) fn record() -> Recording {
    let (folder, result) = (scratch(), tempfile::NamedTempFile::new().unwrap());
    let root = folder.path().canonicalize().unwrap();
    let mut helper = spawn(&root, result.path());
    let mut lines = BufReader::new(helper.stdout.take().unwrap()).lines();
    // Before its first word it has no part in the recording; after it, it waits for an answer.
    lines
        .find(|line| line.as_ref().unwrap().ends_with(READY))
        .unwrap()
        .unwrap();
    let mut go = helper.stdin.take().unwrap();
    let mut recorder = Recorder::new(&root);
    let code = trace::follow(&helper, || go.write_all(b"go\n").unwrap(), &mut recorder);
    // It was waited for while it was followed, so this only tells what is known.
    let _ = helper.wait();
    assert_eq!(code, 0, "the helper failed");
    let versions = serde_json::from_slice(&fs::read(result.path()).unwrap()).unwrap();
    let log = recorder.into_log();
    Recording { log, versions }
}

/// A folder that costs no disk, if the system has such.
pub(super) fn scratch() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

fn spawn(root: &Path, result: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "power::workload::helper_that_is_recorded"])
        .args(["--ignored", "--nocapture"])
        .env(FOLDER, root)
        .env(RESULT, result)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "the helper process of the tests of this folder"]
async fn helper_that_is_recorded() {
    let (Ok(folder), Ok(result)) = (env::var(FOLDER), env::var(RESULT)) else {
        return;
    };
    say(READY);
    io::stdin().read_line(&mut String::new()).unwrap();
    let file = file_in(Path::new(&folder));
    let mut versions = Versions::new();
    for life in 0..3 {
        versions = live(&file, life, versions).await;
    }
    say(LOOK);
    fs::write(result, serde_json::to_vec(&versions).unwrap()).unwrap();
}

/// One life of a server, from opening the store to closing it.
async fn live(file: &Path, life: u32, versions: Versions) -> Versions {
    let store = Arc::new(SqliteStore::open(file).unwrap());
    let ledger = Arc::new(Ledger::new(file, versions));
    let all = Arc::new(Barrier::new(CALLERS));
    let mut callers = JoinSet::new();
    for number in 0..CALLERS {
        let caller = Caller::new(store.clone(), ledger.clone(), all.clone(), number);
        callers.spawn(async move {
            match life {
                0 => caller.first_life().await,
                1 => caller.second_life().await,
                _ => caller.third_life().await,
            }
        });
    }
    callers.join_all().await;
    say(LOOK);
    let ledger = Arc::into_inner(ledger).unwrap();
    drop(ledger.conn);
    store.close().await.unwrap();
    ledger.versions.into_inner().unwrap()
}

/// Notes what the callers can rely on.
pub(super) struct Ledger {
    conn: Mutex<Connection>,
    versions: Mutex<Versions>,
}

impl Ledger {
    fn new(file: &Path, versions: Versions) -> Self {
        let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        Self {
            conn: Mutex::new(conn),
            versions: Mutex::new(versions),
        }
    }

    /// To be called when a caller has its answer, before it asks for anything else.
    pub(super) fn answered(&self, portal: &str) {
        let mut all: Rows = rows::read(&self.conn.lock().unwrap()).unwrap();
        let mine = all.remove(portal).unwrap_or_default();
        let mut versions = self.versions.lock().unwrap();
        let known = versions
            .entry(portal.to_owned())
            .or_insert_with(|| vec![Vec::new()]);
        known.push(mine);
        drop(versions);
        say(&format!("{}{portal}", super::recorder::ACKNOWLEDGED));
    }
}

fn say(line: &str) {
    // One call of the system a line.
    let line = format!("{line}\n");
    io::stdout().lock().write_all(line.as_bytes()).unwrap();
}
