//! Where a frame is in its page.

use serde_json::{Value, json};

use super::handle::Frame;
use crate::action::ActErrorKind;
use crate::cdp::CallError;
use crate::deadline::Deadline;

/// A place in the page's view, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Frame {
    /// The frame so many levels above.
    fn ancestor(&self, hops: usize) -> Option<Self> {
        let state = self.shared().state();
        let mut id = self.id.clone();
        for _ in 0..hops {
            id = state.frames.get(&id)?.parent.clone()?;
        }
        Some(Self::new(self.page.clone(), id))
    }

    fn parent(&self) -> Option<Self> {
        self.ancestor(1)
    }

    /// From a place in the view of the frame `hops` levels above this one, which is as far as a script in this one
    /// can see, to the place in the page's view. Asks Chromium at each border between origins.
    pub(crate) async fn place_in_page(
        &self,
        place: Place,
        hops: usize,
    ) -> Result<Place, ActErrorKind> {
        let Place { mut x, mut y } = place;
        let mut frame = self.ancestor(hops).ok_or(ActErrorKind::ContextLost)?;
        while let Some(parent) = frame.parent() {
            let session = self
                .shared()
                .frame(&parent.id)
                .map(|state| state.session)
                .ok_or(ActErrorKind::ContextLost)?;
            let call = |method, params| self.shared().send(&session, method, params);
            let owner = call("DOM.getFrameOwner", json!({"frameId": frame.id})).await;
            let owner = owner.map_err(|error| self.explain_call(error))?["backendNodeId"].clone();
            let model = call("DOM.getBoxModel", json!({"backendNodeId": owner})).await;
            let model = model.map_err(|error| self.explain_call(error))?;
            let corner = |at: usize| model["model"]["content"][at].as_f64().unwrap_or_default();
            x += corner(0);
            y += corner(1);
            self.is_on_top(&session, &owner, x, y).await?;
            // The box is in the view of the topmost frame of the session.
            frame = topmost(parent, &session);
        }
        Ok(Place { x, y })
    }

    /// Whether the frame's element is what is at that place in the document around it.
    async fn is_on_top(
        &self,
        session: &std::sync::Arc<str>,
        owner: &Value,
        x: f64,
        y: f64,
    ) -> Result<(), ActErrorKind> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "places in a view are small numbers"
        )]
        let params = json!({"x": x as i64, "y": y as i64, "includeUserAgentShadowDOM": false});
        let found = self
            .shared()
            .send(session, "DOM.getNodeForLocation", params)
            .await;
        match found {
            Ok(found) if found["backendNodeId"] == *owner => Ok(()),
            // A frame in the same process: Chromium looks into it.
            Ok(found)
                if found["frameId"]
                    .as_str()
                    .is_some_and(|id| self.is_within(id)) =>
            {
                Ok(())
            }
            Ok(_) => Err(ActErrorKind::TimedOut {
                waiting_for: "its frame to be uncovered".to_owned(),
            }),
            Err(error) => Err(self.explain_call(error)),
        }
    }

    fn is_within(&self, id: &str) -> bool {
        let state = self.shared().state();
        let mut at = Some(self.id.clone());
        while let Some(frame) = at {
            if frame == id {
                // The page's own main frame is around everything, so it proves nothing.
                return *frame != *self.shared().target;
            }
            at = state
                .frames
                .get(&frame)
                .and_then(|state| state.parent.clone());
        }
        false
    }

    fn explain_call(&self, error: CallError) -> ActErrorKind {
        match error {
            CallError::Refused { .. } => ActErrorKind::ContextLost,
            error => self.shared().explain(error).into(),
        }
    }

    /// Where the frame's view begins in the page's view, whatever covers it. For masks.
    pub(crate) async fn offset(&self, deadline: Deadline) -> Result<Option<Place>, ActErrorKind> {
        let (mut x, mut y) = (0.0, 0.0);
        let mut frame = self.clone();
        while let Some(parent) = frame.parent() {
            if deadline.has_passed() {
                return Err(ActErrorKind::TimedOut {
                    waiting_for: "the place of a frame".to_owned(),
                });
            }
            let session = self
                .shared()
                .frame(&parent.id)
                .map(|state| state.session)
                .ok_or(ActErrorKind::ContextLost)?;
            let call = |method, params| self.shared().send(&session, method, params);
            let owner = call("DOM.getFrameOwner", json!({"frameId": frame.id})).await;
            let owner = owner.map_err(|error| self.explain_call(error))?["backendNodeId"].clone();
            // An element without a box is not in the picture.
            let Ok(model) = call("DOM.getBoxModel", json!({"backendNodeId": owner})).await else {
                return Ok(None);
            };
            let corner = |at: usize| model["model"]["content"][at].as_f64().unwrap_or_default();
            x += corner(0);
            y += corner(1);
            frame = topmost(parent, &session);
        }
        Ok(Some(Place { x, y }))
    }
}

/// The topmost frame around this one that the same session speaks for.
fn topmost(mut frame: Frame, session: &std::sync::Arc<str>) -> Frame {
    while let Some(parent) = frame.parent() {
        if frame
            .shared()
            .frame(&parent.id)
            .is_none_or(|state| state.session != *session)
        {
            break;
        }
        frame = parent;
    }
    frame
}
