//! What each event of the browser changes. Called in order on the reading task; never waits.

use std::sync::Arc;

use serde_json::json;

use super::hub::{Hub, TargetInfo};
use crate::action::{Ask, Asked};
use crate::cdp::Event;
use crate::context::ContextShared;
use crate::gate::Paused;
use crate::journal;
use crate::page::{
    Crash, DialogAnswer, DialogKind, DialogSeen, PageShared, set_up_frame, set_up_page,
};

/// The event loop's handler.
pub(crate) struct Events(pub(crate) Arc<Hub>);

impl crate::cdp::Handler for Events {
    fn event(&self, event: Event) {
        match event.method.as_str() {
            "Fetch.requestPaused" => Paused::take(&self.0, event.params),
            "Target.attachedToTarget" => self.attached(&event),
            "Target.detachedFromTarget" => self.detached(&event),
            "Target.targetCreated" | "Target.targetInfoChanged" => self.target_seen(&event),
            "Target.targetDestroyed" => self.target_destroyed(event.text("targetId")),
            "Target.targetCrashed" => self.target_crashed(&event),
            "Browser.downloadWillBegin" => self.0.download_began(&event),
            "Browser.downloadProgress" => self.0.download_advanced(&event),
            _ => self.page_event(&event),
        }
    }

    fn closed(&self) {
        let pages: Vec<_> = self.0.state().sessions.values().cloned().collect();
        for page in pages {
            page.end(Crash::BrowserGone);
        }
        self.0.closed.send_replace(true);
        self.0.touch();
        Paused::lost_all(&self.0, "the browser is gone", |_| true);
    }
}

impl Events {
    fn target_seen(&self, event: &Event) {
        let info = &event.params["targetInfo"];
        let text = |key: &str| info[key].as_str().unwrap_or_default().to_owned();
        let target = TargetInfo {
            kind: text("type"),
            context: text("browserContextId"),
            url: text("url"),
        };
        self.0.state().targets.insert(text("targetId"), target);
        self.0.touch();
    }

    fn attached(&self, event: &Event) {
        let info = &event.params["targetInfo"];
        let session: Arc<str> = event.text("sessionId").into();
        let target = info["targetId"].as_str().unwrap_or_default();
        let url = info["url"].as_str().unwrap_or_default();
        let hub = &self.0;
        if info["type"] == "worker" {
            // Its requests are attributed to its frame; nothing else is asked of it.
            self.let_run(&session);
            return;
        }
        let parent = event.session.as_ref();
        let parent = parent.and_then(|parent| hub.state().sessions.get(parent).cloned());
        if let Some(parent) = parent {
            self.frame_attached(&parent, &session, target, url);
            return;
        }
        let context = info["browserContextId"].as_str().unwrap_or_default();
        let context = hub.state().contexts.get(context).cloned();
        match context.filter(|context| !context.is_closed()) {
            Some(context) => self.page_attached(&context, &session, target, url),
            // A page of nobody's context: it may run, but all that it asks for is refused.
            None => self.let_run(&session),
        }
    }

    fn let_run(&self, session: &Arc<str>) {
        let method = "Runtime.runIfWaitingForDebugger";
        let going_on = self
            .0
            .connection
            .send(Some(session), method, serde_json::Value::Null);
        drop(going_on);
    }

    /// A frame that lives in a process of its own.
    fn frame_attached(&self, page: &Arc<PageShared>, session: &Arc<str>, target: &str, url: &str) {
        let hub = &self.0;
        self.know(page, session, target);
        page.change(|state| state.frame_swapped(target, session, url));
        set_up_frame(
            &hub.connection,
            session,
            &page.context.options,
            hub.user_agent(),
        );
        hub.touch();
    }

    fn page_attached(
        &self,
        context: &Arc<ContextShared>,
        session: &Arc<str>,
        target: &str,
        url: &str,
    ) {
        let hub = &self.0;
        let connection = hub.connection.clone();
        let (context, drawing) = (Arc::clone(context), hub.drawing.clone());
        let page = PageShared::new(target, session, context, connection, drawing, url);
        let page = Arc::new(page);
        self.know(&page, session, target);
        let set_up = set_up_page(
            &hub.connection,
            session,
            &page.context.options,
            hub.user_agent(),
        );
        tokio::spawn({
            let page = Arc::clone(&page);
            async move {
                // If it fails the page has ended, which those who wait for it see too.
                if set_up.await.is_ok() {
                    page.change(|state| state.is_set_up = true);
                }
            }
        });
        Arc::clone(&page.context).add_page(page);
        hub.touch();
    }

    fn know(&self, page: &Arc<PageShared>, session: &Arc<str>, target: &str) {
        let mut state = self.0.state();
        state.sessions.insert(session.to_string(), Arc::clone(page));
        state.frames.insert(target.to_owned(), Arc::clone(page));
    }

    fn detached(&self, event: &Event) {
        let session = event.text("sessionId");
        let Some(page) = self.0.state().sessions.remove(session) else {
            return;
        };
        self.0.connection.fail_session(session);
        if *session == *page.session {
            self.page_gone(&page, &Crash::Closed);
        } else {
            // The frame may have moved back into its parent's process; then events of its parent tell about it.
            page.change(|_| ());
        }
    }

    fn target_destroyed(&self, target: &str) {
        self.0.state().targets.remove(target);
        let page = self
            .0
            .state()
            .frames
            .get(target)
            .filter(|page| *page.target == *target)
            .cloned();
        if let Some(page) = page {
            self.page_gone(&page, &Crash::Closed);
        }
    }

    fn target_crashed(&self, event: &Event) {
        let target = event.text("targetId");
        let Some(page) = self.0.state().frames.get(target).cloned() else {
            return;
        };
        let status = event.text("status").to_owned();
        let code = event.params["errorCode"].as_i64().unwrap_or_default();
        let session = page
            .frame(target)
            .map_or_else(|| Arc::clone(&page.session), |frame| frame.session);
        page.end(Crash::Renderer { status, code });
        self.0.connection.fail_session(&session);
        self.0.connection.fail_session(&page.session);
        Paused::lost_all(&self.0, "the page crashed", |flight| {
            *flight.page == *page.target
        });
    }

    fn page_gone(&self, page: &Arc<PageShared>, crash: &Crash) {
        page.end(crash.clone());
        let mut state = self.0.state();
        state.sessions.retain(|_, other| !Arc::ptr_eq(other, page));
        state.frames.retain(|_, other| !Arc::ptr_eq(other, page));
        drop(state);
        self.0.connection.fail_session(&page.session);
        self.0.touch();
    }

    fn page_event(&self, event: &Event) {
        let Some(session) = &event.session else {
            return;
        };
        let Some(page) = self.0.state().sessions.get(session).cloned() else {
            return;
        };
        if let Some(journal) = &page.context.journal
            && journal::hear(journal, event)
        {
            return;
        }
        let session: Arc<str> = session.as_str().into();
        match event.method.as_str() {
            "Page.frameAttached" => {
                let (frame, parent) = (event.text("frameId"), event.text("parentFrameId"));
                page.change(|state| state.frame_attached(&session, frame, Some(parent)));
                self.frame_known(frame, &page);
            }
            "Page.frameNavigated" => {
                let frame = &event.params["frame"];
                let text = |key: &str| frame[key].as_str().unwrap_or_default();
                let (id, parent) = (text("id"), frame["parentId"].as_str());
                page.change(|state| {
                    state.frame_navigated(&session, id, parent, text("url"), text("loaderId"));
                });
                self.frame_known(id, &page);
            }
            "Page.frameStartedNavigating" if event.text("navigationType") != "sameDocument" => {
                page.change(|state| state.frame_leaving(event.text("frameId"), true));
            }
            "Page.frameStoppedLoading" => {
                page.change(|state| state.frame_leaving(event.text("frameId"), false));
            }
            "Page.navigatedWithinDocument" => {
                page.change(|state| {
                    state.frame_moved_within(event.text("frameId"), event.text("url"));
                });
            }
            "Page.frameDetached" if event.text("reason") != "swap" => {
                let removed = page.change(|state| state.frame_removed(event.text("frameId")));
                self.0.state().frames.retain(|id, _| !removed.contains(id));
            }
            "Page.javascriptDialogOpening" => self.dialog(event, &session, &page),
            "Runtime.bindingCalled" if event.text("name") == crate::frame::ASK => {
                match serde_json::from_str(event.text("payload")) {
                    Ok(Asked { ask: Ask::Draw, .. }) => page.draw_soon(),
                    Ok(asked) => page.asked(asked),
                    Err(error) => tracing::error!(%error, "a script's wish cannot be read"),
                }
            }
            _ => {}
        }
    }

    fn frame_known(&self, frame: &str, page: &Arc<PageShared>) {
        let known = self
            .0
            .state()
            .frames
            .insert(frame.to_owned(), Arc::clone(page));
        if known.is_none() {
            self.0.touch();
        }
    }

    fn dialog(&self, event: &Event, session: &Arc<str>, page: &PageShared) {
        let kind = DialogKind::from_protocol(event.text("type"));
        let message = event.text("message").to_owned();
        let answer = page.state().policy.answer(kind, &message);
        let params = match &answer {
            DialogAnswer::Accept => json!({"accept": true}),
            DialogAnswer::AcceptWith(text) => json!({"accept": true, "promptText": text}),
            DialogAnswer::Dismiss => json!({"accept": false}),
        };
        drop(
            self.0
                .connection
                .send(Some(session), "Page.handleJavaScriptDialog", params),
        );
        page.change(|state| {
            state.add_dialog(DialogSeen {
                kind,
                message,
                answer,
            });
        });
    }
}
