//! What a job gets of a session.

use std::{path::PathBuf, sync::Arc};

use formhand_browser::StorageState;
use formhand_domain::Generation;
use jiff::Timestamp;
use tokio::sync::watch;

impl Lent {
    /// The login that a form is sent with; nothing if the job logs in by itself.
    pub(crate) fn session(&self) -> Option<Generation> {
        match self.copy {
            Copied::Nothing => None,
            Copied::Storage(_) | Copied::Profile(_) => Some(self.generation),
        }
    }
}

/// A session, lent to one job.
#[derive(Debug)]
pub(crate) struct Lent {
    /// The login it comes from.
    pub(crate) generation: Generation,
    /// What the job's clone is made of.
    pub(crate) copy: Copied,
    /// As long as this is there, the job counts as working with the session.
    _at_work: AtWork,
}

/// What a clone is made of, by the portal's clone mode.
#[derive(Debug, Clone)]
pub(crate) enum Copied {
    /// Cookies and storage, for a context of its own.
    Storage(Arc<StorageState>),
    /// A copy of the master's profile that no browser uses, for a browser of its own.
    Profile(Arc<ProfileSource>),
    /// Nothing: the job logs in itself.
    Nothing,
}

/// A whole copy of the master's profile as it was right after its login. Removed when nobody needs it any more.
#[derive(Debug)]
pub(crate) struct ProfileSource {
    /// Where it is.
    pub(crate) path: PathBuf,
}

impl Drop for ProfileSource {
    fn drop(&mut self) {
        // What cannot be removed now is removed at the next start.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// There is no session to lend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoSession {
    /// It is tried again after this time.
    Until(Timestamp, String),
    /// A person has to help first.
    Human(String),
    /// The server shuts down.
    Closing,
}

/// How many jobs work with a session.
#[derive(Debug, Clone, Default)]
pub(super) struct Workplace(Arc<watch::Sender<u32>>);

/// A job that works with a session, until this is dropped.
#[derive(Debug)]
struct AtWork(Arc<watch::Sender<u32>>);

impl Workplace {
    /// Lends a session to one more job.
    pub(super) fn lend(&self, generation: Generation, copy: Copied) -> Lent {
        self.0.send_modify(|count| *count += 1);
        Lent {
            generation,
            copy,
            _at_work: AtWork(Arc::clone(&self.0)),
        }
    }

    /// Resolves when no job works with the session.
    pub(super) async fn is_empty(&self) {
        // The sender is in our hand, so this ends with the last job only.
        let _ = self.0.subscribe().wait_for(|count| *count == 0).await;
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}
