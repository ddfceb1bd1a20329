//! What is known of a page, changed by events only. No I/O.

use std::collections::HashMap;
use std::sync::Arc;

use super::crash::Crash;
use super::dialog::{DialogPolicy, DialogSeen};

/// More dialogs, answers or marks than this are not kept: a page can make as many as it likes.
const KEPT_LIMIT: usize = 1000;

/// A frame of a page.
#[derive(Debug, Clone)]
pub(crate) struct FrameState {
    pub(crate) parent: Option<String>,
    /// The session that speaks for it: the page's, or its own when it lives in another process.
    pub(crate) session: Arc<str>,
    pub(crate) url: String,
    /// Chromium's id of the document in it.
    pub(crate) loader: String,
    /// Another document is on its way. Chromium keeps every call to the renderer back until it has come.
    pub(crate) is_leaving: bool,
    /// It has been told to draw since that document came.
    pub(crate) is_drawn: bool,
    /// Our isolated world in that document, once it was needed.
    pub(crate) world: Option<i64>,
}

/// An answer that was watched for.
#[derive(Debug, Clone)]
pub(crate) struct SeenResponse {
    pub(crate) url: String,
    pub(crate) status: u16,
}

#[derive(Debug, Default)]
pub(crate) struct PageState {
    pub(crate) frames: HashMap<String, FrameState>,
    /// All that a new page is told has been done.
    pub(crate) is_set_up: bool,
    pub(crate) ended: Option<Crash>,
    pub(crate) policy: DialogPolicy,
    pub(crate) dialogs: Vec<DialogSeen>,
    /// The answers that were watched for, since the last act or navigation began.
    pub(crate) responses: Vec<SeenResponse>,
    /// The last document that was refused because of its origin.
    pub(crate) refused_document: Option<String>,
}

impl PageState {
    pub(crate) fn frame_attached(&mut self, session: &Arc<str>, frame: &str, parent: Option<&str>) {
        let state = FrameState {
            parent: parent.map(str::to_owned),
            session: Arc::clone(session),
            url: String::new(),
            loader: String::new(),
            is_leaving: false,
            is_drawn: false,
            world: None,
        };
        self.frames.entry(frame.to_owned()).or_insert(state);
    }

    pub(crate) fn frame_navigated(
        &mut self,
        session: &Arc<str>,
        frame: &str,
        parent: Option<&str>,
        url: &str,
        loader: &str,
    ) {
        self.frame_attached(session, frame, parent);
        if let Some(state) = self.frames.get_mut(frame) {
            state.session = Arc::clone(session);
            url.clone_into(&mut state.url);
            loader.clone_into(&mut state.loader);
            state.is_leaving = false;
            state.is_drawn = false;
            state.world = None;
        }
    }

    /// Whether a frame's document has yet to draw for the first time; asking settles it.
    pub(crate) fn take_first_drawing(&mut self, frame: &str) -> bool {
        let state = self.frames.get_mut(frame);
        state.is_some_and(|state| !std::mem::replace(&mut state.is_drawn, true))
    }

    pub(crate) fn frame_leaving(&mut self, frame: &str, is_leaving: bool) {
        if let Some(state) = self.frames.get_mut(frame) {
            state.is_leaving = is_leaving;
        }
    }

    /// Whether a frame, or one around it, is about to get another document.
    pub(crate) fn is_leaving(&self, frame: &str) -> bool {
        let mut at = self.frames.get(frame);
        while let Some(state) = at {
            if state.is_leaving {
                return true;
            }
            at = state
                .parent
                .as_ref()
                .and_then(|parent| self.frames.get(parent));
        }
        false
    }

    pub(crate) fn frame_moved_within(&mut self, frame: &str, url: &str) {
        if let Some(state) = self.frames.get_mut(frame) {
            url.clone_into(&mut state.url);
        }
    }

    /// A frame lives in another process from now on.
    pub(crate) fn frame_swapped(&mut self, frame: &str, session: &Arc<str>, url: &str) {
        self.frame_attached(session, frame, None);
        if let Some(state) = self.frames.get_mut(frame) {
            state.session = Arc::clone(session);
            url.clone_into(&mut state.url);
            state.world = None;
        }
    }

    /// Removes a frame and all within it; says which.
    pub(crate) fn frame_removed(&mut self, frame: &str) -> Vec<String> {
        let mut removed = vec![frame.to_owned()];
        let mut at = 0;
        while at < removed.len() {
            let parent = removed[at].clone();
            let children = self
                .frames
                .iter()
                .filter(|(_, state)| state.parent.as_ref() == Some(&parent));
            let children: Vec<String> = children.map(|(id, _)| id.clone()).collect();
            removed.extend(children);
            at += 1;
        }
        for id in &removed {
            self.frames.remove(id);
        }
        removed
    }

    /// Forgets the worlds of the documents of a frame.
    pub(crate) fn world_lost(&mut self, frame: &str, world: i64) {
        if let Some(state) = self.frames.get_mut(frame)
            && state.world == Some(world)
        {
            state.world = None;
        }
    }

    pub(crate) fn add_dialog(&mut self, dialog: DialogSeen) {
        if self.dialogs.len() < KEPT_LIMIT {
            self.dialogs.push(dialog);
        }
    }

    pub(crate) fn add_response(&mut self, url: &str, status: u16) {
        if self.responses.len() < KEPT_LIMIT {
            self.responses.push(SeenResponse {
                url: url.to_owned(),
                status,
            });
        }
    }
}
