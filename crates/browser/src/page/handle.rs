//! `Page`: the handle.

use std::sync::Arc;

use super::crash::Crash;
use super::dialog::{DialogPolicy, DialogSeen};
use super::shared::PageShared;
use crate::action::{ActError, Target};
use crate::browser::Browser;
use crate::deadline::Deadline;
use crate::frame::Frame;

/// A tab or a pop-up. Cheap to clone; all clones are the same page.
#[derive(Clone)]
pub struct Page {
    pub(crate) shared: Arc<PageShared>,
    pub(crate) browser: Browser,
}

impl Page {
    /// The address of its document.
    pub fn url(&self) -> String {
        self.shared.url()
    }

    /// Its main frame.
    pub fn main(&self) -> Frame {
        Frame::new(self.clone(), self.shared.target.to_string())
    }

    /// Its frames, the main one first.
    pub fn frames(&self) -> Vec<Frame> {
        let mut ids: Vec<String> = self.shared.state().frames.keys().cloned().collect();
        ids.sort_by_key(|id| **id != *self.shared.target);
        ids.into_iter()
            .map(|id| Frame::new(self.clone(), id))
            .collect()
    }

    /// The frame in an `iframe` element, once that is there.
    pub async fn frame(
        &self,
        in_frame: &Frame,
        at: &Target,
        deadline: Deadline,
    ) -> Result<Frame, ActError> {
        in_frame.child(at, deadline).await
    }

    /// How native dialogs are answered from now on.
    pub fn set_dialogs(&self, policy: DialogPolicy) {
        self.shared.state().policy = policy;
    }

    /// The dialogs that came up so far.
    pub fn dialogs(&self) -> Vec<DialogSeen> {
        self.shared.state().dialogs.clone()
    }

    /// Resolves when the page ends without being asked to, or closes.
    pub async fn crashed(&self) -> Crash {
        let mut changed = self.shared.changed.subscribe();
        loop {
            changed.borrow_and_update();
            if let Some(ended) = self.shared.state().ended.clone() {
                return ended;
            }
            if changed.changed().await.is_err() {
                return Crash::BrowserGone;
            }
        }
    }

    /// Whether it has crashed or is closed.
    pub fn is_closed(&self) -> bool {
        self.shared.is_closed()
    }
}

impl std::fmt::Debug for Page {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Page({})", self.shared.target)
    }
}
