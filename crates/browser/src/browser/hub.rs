//! What is known of a browser, changed by events and by the calls that make things.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::json;
use tokio::sync::watch;

use crate::cdp::{CallError, Connection};
use crate::context::ContextShared;
use crate::gate::{Flight, fetch_patterns};
use crate::launch::NetworkProcess;
use crate::page::{Drawing, PageShared};

/// A page, frame or worker of Chromium.
#[derive(Debug, Clone)]
pub(crate) struct TargetInfo {
    pub(crate) kind: String,
    pub(crate) context: String,
    pub(crate) url: String,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) contexts: HashMap<String, Arc<ContextShared>>,
    pub(crate) targets: HashMap<String, TargetInfo>,
    /// Pages by the session of the page or of one of its frames.
    pub(crate) sessions: HashMap<String, Arc<PageShared>>,
    /// Pages by the id of one of their frames.
    pub(crate) frames: HashMap<String, Arc<PageShared>>,
    /// Requests that passed the gate and have no answer yet, by the id of their interception.
    pub(crate) flights: HashMap<String, Flight>,
}

pub(crate) struct Hub {
    pub(crate) connection: Connection,
    pub(crate) drawing: Drawing,
    state: Mutex<State>,
    /// Changes with every event about targets and frames.
    pub(crate) changed: watch::Sender<u64>,
    /// True once the pipe has closed.
    pub(crate) closed: watch::Sender<bool>,
    patterns: tokio::sync::Mutex<()>,
    /// What the browser calls itself in requests.
    pub(crate) user_agent: OnceLock<String>,
    /// Known before the first context has a gate; without one the browser does its network itself.
    pub(crate) network: tokio::sync::OnceCell<Option<NetworkProcess>>,
}

impl Hub {
    pub(crate) fn new(connection: Connection, drawing: Drawing) -> Self {
        Self {
            connection,
            drawing,
            state: Mutex::default(),
            changed: watch::Sender::new(0),
            closed: watch::Sender::new(false),
            patterns: tokio::sync::Mutex::default(),
            user_agent: OnceLock::new(),
            network: tokio::sync::OnceCell::new(),
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn user_agent(&self) -> &str {
        self.user_agent
            .get()
            .map(String::as_str)
            .unwrap_or_default()
    }

    /// Whether what leaves the browser still goes the ways that its contexts were given.
    pub(crate) fn keeps_its_ways(&self) -> bool {
        let network = self.network.get().and_then(Option::as_ref);
        network.is_none_or(NetworkProcess::is_alive)
    }

    pub(crate) fn touch(&self) {
        self.changed.send_modify(|version| *version += 1);
    }

    /// Tells the browser what to hold. One after the other, so that an older list never replaces a newer one.
    pub(crate) async fn update_patterns(&self) -> Result<(), CallError> {
        let _one_at_a_time = self.patterns.lock().await;
        let patterns = fetch_patterns(self.state().contexts.values().map(|context| &**context));
        self.connection
            .call(None, "Fetch.enable", json!({"patterns": patterns}))
            .await
            .map(drop)
    }

    /// Removes a context and all that belongs to it from what is known.
    pub(crate) fn forget(&self, context: &str) {
        let mut state = self.state();
        state.contexts.remove(context);
        state.sessions.retain(|_, page| page.context.id != context);
        state.frames.retain(|_, page| page.context.id != context);
        state.targets.retain(|_, target| target.context != context);
    }
}
