//! What is known of a context, shared by its handle, its pages and the gate.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tokio::sync::watch;

use super::options::ContextOptions;
use super::storage::StorageState;
use crate::download::{DownloadFolder, DownloadSlot};
use crate::egress::Egress;
use crate::gate::{CommitPattern, CommitRequest, UrlGlob};
use crate::journal::{JournalScope, JournalShared};
use crate::page::PageShared;

/// A request that the gate refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The request.
    pub request: CommitRequest,
    /// Why.
    pub reason: String,
}

pub(crate) struct ContextShared {
    /// Chromium's id.
    pub(crate) id: String,
    pub(crate) options: ContextOptions,
    /// What it starts with: made with it, or given to it before it showed anything.
    pub(crate) storage: OnceLock<StorageState>,
    /// The one way out: its own if it has a gate, or that of a browser that has one.
    pub(crate) egress: Option<Arc<Egress>>,
    /// Downloads are refused, but for one at a time.
    pub(crate) download: DownloadSlot,
    /// Where that lies.
    pub(crate) downloads: DownloadFolder,
    /// What its pages write to their consoles and ask for, if that is wanted.
    pub(crate) journal: Option<JournalShared>,
    closed: AtomicBool,
    state: Mutex<State>,
    /// Changes whenever a page comes or goes, or the context closes.
    pub(crate) changed: watch::Sender<u64>,
    /// Held while a page of ours is being made, so that it is not taken for a pop-up.
    pub(crate) making_page: tokio::sync::Mutex<()>,
    /// The origins whose local storage and databases have been put back.
    pub(crate) restored: tokio::sync::Mutex<HashSet<String>>,
}

#[derive(Default)]
struct State {
    /// Pages that nobody has asked for yet: pop-ups.
    unclaimed: Vec<Arc<PageShared>>,
    refused: Vec<Refused>,
    watched: Vec<UrlGlob>,
}

impl ContextShared {
    pub(crate) fn new(
        id: String,
        mut options: ContextOptions,
        egress: Option<Arc<Egress>>,
    ) -> Self {
        let storage = options.storage.take().map(OnceLock::from);
        let journal = match options.journal {
            JournalScope::Nothing => None,
            JournalScope::Consoles | JournalScope::All => Some(JournalShared::default()),
        };
        let state = State {
            watched: options.watch.clone(),
            ..State::default()
        };
        Self {
            id,
            options,
            storage: storage.unwrap_or_default(),
            egress,
            download: DownloadSlot::default(),
            downloads: DownloadFolder::default(),
            journal,
            closed: AtomicBool::new(false),
            state: Mutex::new(state),
            changed: watch::Sender::new(0),
            making_page: tokio::sync::Mutex::default(),
            restored: tokio::sync::Mutex::default(),
        }
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// From here on every held request of the context fails.
    pub(crate) fn mark_closed(&self) {
        self.closed.store(true, Ordering::SeqCst);
        if let Some(egress) = &self.egress {
            egress.close();
        }
        self.touch();
    }

    pub(crate) fn touch(&self) {
        self.changed.send_modify(|version| *version += 1);
    }

    pub(crate) fn allows_document(&self, url: &str) -> bool {
        let Some(origin) = crate::text::origin_of(url) else {
            // Documents without an origin of their own (about:blank, data:) do not reach a server.
            return !url.starts_with("file:");
        };
        self.options
            .origins
            .iter()
            .any(|allowed| crate::text::origin_of(allowed).as_ref() == Some(&origin))
    }

    pub(crate) fn commit_patterns(&self) -> &[CommitPattern] {
        self.options
            .gate
            .as_ref()
            .map_or(&[], |gate| &gate.patterns)
    }

    pub(crate) fn watched(&self) -> Vec<UrlGlob> {
        self.state().watched.clone()
    }

    /// Adds patterns to watch; says whether there was a new one.
    pub(crate) fn watch(&self, globs: &[UrlGlob]) -> bool {
        let mut state = self.state();
        let before = state.watched.len();
        for glob in globs {
            if !state.watched.contains(glob) {
                state.watched.push(glob.clone());
            }
        }
        state.watched.len() > before
    }

    pub(crate) fn add_page(&self, page: Arc<PageShared>) {
        self.state().unclaimed.push(page);
        self.touch();
    }

    pub(crate) fn claim(&self, target: &str) -> Option<Arc<PageShared>> {
        let mut state = self.state();
        let at = state
            .unclaimed
            .iter()
            .position(|page| &*page.target == target)?;
        Some(state.unclaimed.remove(at))
    }

    pub(crate) fn claim_next(&self) -> Option<Arc<PageShared>> {
        let mut state = self.state();
        state.unclaimed.retain(|page| !page.is_closed());
        if state.unclaimed.is_empty() {
            None
        } else {
            Some(state.unclaimed.remove(0))
        }
    }

    pub(crate) fn add_refused(&self, request: CommitRequest, reason: String) {
        self.state().refused.push(Refused { request, reason });
    }

    pub(crate) fn refused(&self) -> Vec<Refused> {
        self.state().refused.clone()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
