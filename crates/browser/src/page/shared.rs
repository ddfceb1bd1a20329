//! What a page's handles, its context and the event loop share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::{mpsc, watch};

use super::crash::Crash;
use super::error::PageError;
use super::frames::Drawing;
use super::state::{FrameState, PageState};
use crate::action::Asked;
use crate::cdp::{CallError, Connection, Pending};
use crate::context::ContextShared;
use crate::deadline::Deadline;

pub(crate) struct PageShared {
    /// Chromium's id; also the id of its main frame.
    pub(crate) target: Arc<str>,
    pub(crate) session: Arc<str>,
    pub(crate) context: Arc<ContextShared>,
    pub(crate) connection: Connection,
    pub(crate) drawing: Drawing,
    state: Mutex<PageState>,
    /// Changes with every change of the state.
    pub(crate) changed: watch::Sender<u64>,
    /// The scripts that run and who lends them mouse and keys, by their tokens.
    listening: Mutex<HashMap<String, mpsc::UnboundedSender<Asked>>>,
    /// One act at a time: mouse and keyboard are one.
    pub(crate) acting: tokio::sync::Mutex<()>,
}

impl PageShared {
    pub(crate) fn new(
        target: &str,
        session: &Arc<str>,
        context: Arc<ContextShared>,
        connection: Connection,
        drawing: Drawing,
        url: &str,
    ) -> Self {
        let mut state = PageState::default();
        state.frame_navigated(session, target, None, url, "");
        Self {
            target: target.into(),
            session: Arc::clone(session),
            context,
            connection,
            drawing,
            state: Mutex::new(state),
            changed: watch::Sender::new(0),
            listening: Mutex::default(),
            acting: tokio::sync::Mutex::default(),
        }
    }

    /// Reads the state.
    pub(crate) fn state(&self) -> MutexGuard<'_, PageState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and tells those who wait.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut PageState) -> T) -> T {
        let result = change(&mut self.state());
        self.changed.send_modify(|version| *version += 1);
        result
    }

    /// What the script with this token asks for, from now on.
    pub(crate) fn listen(&self, token: &str) -> mpsc::UnboundedReceiver<Asked> {
        let (asked, asks) = mpsc::unbounded_channel();
        self.listening().insert(token.to_owned(), asked);
        asks
    }

    pub(crate) fn forget(&self, token: &str) {
        self.listening().remove(token);
    }

    /// A script asks. One that nobody listens to any more goes unheard.
    pub(crate) fn asked(&self, asked: Asked) {
        if let Some(listener) = self.listening().get(&asked.token) {
            let _ = listener.send(asked);
        }
    }

    fn listening(&self) -> MutexGuard<'_, HashMap<String, mpsc::UnboundedSender<Asked>>> {
        self.listening
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn end(&self, crash: Crash) {
        self.change(|state| {
            if state.ended.is_none() {
                state.ended = Some(crash);
            }
        });
        self.context.touch();
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.state().ended.is_some()
    }

    pub(crate) fn frame(&self, id: &str) -> Option<FrameState> {
        self.state().frames.get(id).cloned()
    }

    pub(crate) fn url(&self) -> String {
        self.frame(&self.target)
            .map(|frame| frame.url)
            .unwrap_or_default()
    }

    /// Waits until `look` finds something in the state. Looks again after every change, so nothing is missed.
    pub(crate) async fn until<T>(
        &self,
        deadline: Deadline,
        mut look: impl FnMut(&PageState) -> Option<T>,
    ) -> Option<T> {
        let mut changed = self.changed.subscribe();
        loop {
            changed.borrow_and_update();
            if let Some(found) = look(&self.state()) {
                return Some(found);
            }
            if tokio::time::timeout_at(deadline.instant(), changed.changed())
                .await
                .is_err()
            {
                return None;
            }
        }
    }

    /// Sends a call to the page or one of its frames. One that comes after the page's end fails at once: a crashed
    /// page would take it and never answer.
    pub(crate) fn send(&self, session: &Arc<str>, method: &'static str, params: Value) -> Pending {
        let pending = self.connection.send(Some(session), method, params);
        // Looked at after sending: whoever ends the page afterwards fails this call too.
        if self.is_closed() {
            self.connection.fail_session(session);
        }
        pending
    }

    /// Waits until the page is set up or has ended.
    pub(crate) async fn set_up(&self, deadline: Deadline) -> Option<()> {
        self.until(deadline, |state| {
            (state.is_set_up || state.ended.is_some()).then_some(())
        })
        .await
    }

    /// Why a call failed, in the page's terms.
    pub(crate) fn explain(&self, error: CallError) -> PageError {
        let ended = self.state().ended.clone();
        match (ended, error) {
            (Some(Crash::Renderer { status, .. }), _) => PageError::Crashed { status },
            (Some(Crash::BrowserGone), _) | (None, CallError::Closed) => PageError::BrowserGone,
            (Some(Crash::Closed), _) | (None, CallError::SessionGone { .. }) => PageError::Closed,
            (None, error) => PageError::Call(error),
        }
    }
}
