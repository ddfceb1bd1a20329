//! Turns the system calls of the helper into the log.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::{Path, PathBuf},
    str,
};

use nix::{libc, unistd::Pid};

use super::{
    step::Step,
    trace::{Call, Observer, Process},
};

/// What the helper says when one of its callers got an answer; the caller's portal follows.
pub(super) const ACKNOWLEDGED: &str = "ack ";

/// What the helper says while nobody writes, so that the log can be held against the folder.
pub(super) const LOOK: &str = "look";

/// Older forms of two calls, which newer kinds of processor do not have.
#[cfg(target_arch = "x86_64")]
const MKDIR_UNLINK: [i64; 2] = [libc::SYS_mkdir, libc::SYS_unlink];
#[cfg(not(target_arch = "x86_64"))]
const MKDIR_UNLINK: [i64; 2] = [-1, -1];

/// Records what happens below one folder.
pub(super) struct Recorder {
    root: PathBuf,
    under_way: HashMap<Pid, Step>,
    log: Vec<Step>,
}

impl Recorder {
    /// Of an empty folder that is durable itself.
    pub(super) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            under_way: HashMap::new(),
            log: Vec::new(),
        }
    }

    /// All that happened.
    pub(super) fn into_log(self) -> Vec<Step> {
        self.log
    }

    fn step(&self, process: &Process, call: Call) -> Option<Step> {
        let [first, second, third, fourth, ..] = call.arguments;
        let [mkdir, unlink] = MKDIR_UNLINK;
        let opened = || self.ours(&process.path_of(first));
        Some(match call.number {
            libc::SYS_pwrite64 => Step::Write {
                path: opened()?,
                at: usize::try_from(fourth).unwrap(),
                bytes: process.bytes(second, third).into(),
            },
            libc::SYS_ftruncate => Step::Resize {
                path: opened()?,
                size_bytes: usize::try_from(second).unwrap(),
            },
            libc::SYS_fsync | libc::SYS_fdatasync => Step::Sync(opened()?),
            libc::SYS_openat if third & u64::from(libc::O_CREAT.unsigned_abs()) != 0 => {
                Step::MakeFile(self.named(process, second)?)
            }
            libc::SYS_mkdirat => Step::MakeFolder(self.named(process, second)?),
            libc::SYS_unlinkat => Step::Remove(self.named(process, second)?),
            number if number == mkdir => Step::MakeFolder(self.named(process, first)?),
            number if number == unlink => Step::Remove(self.named(process, first)?),
            _ => return None,
        })
    }

    fn named(&self, process: &Process, address: u64) -> Option<PathBuf> {
        self.ours(&process.path_at(address))
    }

    /// The path below the folder, unless it is another's, or that of the shared memory: SQLite trusts nothing of it
    /// after a restart.
    fn ours(&self, path: &Path) -> Option<PathBuf> {
        let path = path.strip_prefix(&self.root).ok()?;
        (!path.to_string_lossy().ends_with("-shm")).then(|| path.to_owned())
    }

    fn said(&self, text: &str) -> Option<Step> {
        if let Some(portal) = text.strip_prefix(ACKNOWLEDGED) {
            let portal = portal.trim_end().to_owned();
            return Some(Step::Acknowledge { portal });
        }
        (text.trim_end() == LOOK).then(|| {
            let mut found = BTreeMap::new();
            self.look(&self.root, &mut found);
            Step::Look(found)
        })
    }

    fn look(&self, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.look(&path, found);
            } else if let Some(name) = self.ours(&path) {
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }

    fn is_there(&self, path: &Path) -> bool {
        self.root.join(path).exists()
    }
}

impl Observer for Recorder {
    fn enters(&mut self, process: &Process, thread: Pid, call: Call) {
        let [descriptor, text, size_bytes, ..] = call.arguments;
        if call.number == libc::SYS_write && descriptor == 1 {
            // From here on somebody may know.
            let text = process.bytes(text, size_bytes);
            let said = str::from_utf8(&text).ok().and_then(|text| self.said(text));
            self.log.extend(said);
        } else if let Some(step) = self.step(process, call) {
            let changes = match &step {
                Step::MakeFile(path) | Step::MakeFolder(path) => !self.is_there(path),
                Step::Remove(path) => self.is_there(path),
                _ => true,
            };
            if changes {
                // Two at once would have no order, and the store has one thread that writes.
                assert!(self.under_way.is_empty(), "{:?}", self.under_way);
                self.under_way.insert(thread, step);
            }
        }
    }

    fn leaves(&mut self, _: &Process, thread: Pid, _: Call) {
        self.log.extend(self.under_way.remove(&thread));
    }
}
