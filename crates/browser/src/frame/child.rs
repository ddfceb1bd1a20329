//! Finding the frame in an `iframe` element.

use serde_json::json;

use super::handle::Frame;
use crate::action::{ActError, ActErrorKind, CallLog, Outcome, Target};
use crate::deadline::Deadline;

impl Frame {
    /// The frame in an element, once both are there.
    pub(crate) async fn child(&self, at: &Target, deadline: Deadline) -> Result<Self, ActError> {
        let mut call_log = CallLog::default();
        match self.find_child(at, &mut call_log, deadline).await {
            Ok(frame) => Ok(frame),
            Err(kind) => Err(ActError {
                kind,
                at: 0,
                label: at.to_string(),
                call_log,
            }),
        }
    }

    async fn find_child(
        &self,
        at: &Target,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<Self, ActErrorKind> {
        loop {
            let arguments = vec![at.to_script(), json!(deadline.remaining_ms())];
            let found = self.script("findFrame", arguments, deadline).await;
            let id = match found {
                Ok(value) => {
                    let outcome = Outcome::parse(value).map_err(|(_, kind)| kind)?;
                    log.extend(outcome.log.clone());
                    let token = outcome.into_token().map_err(|(_, kind)| kind)?;
                    self.frame_id(&token, deadline).await
                }
                Err(error) => Err(ActErrorKind::from_script(error, "the frame's element")),
            };
            match id {
                Ok(id) => return self.known(id, deadline).await,
                // The document around it went away meanwhile: look again in the new one.
                Err(ActErrorKind::ContextLost)
                    if !deadline.has_passed() && self.is_there(deadline).await.is_some() =>
                {
                    log.add("the page navigated");
                }
                Err(kind) => return Err(kind),
            }
        }
    }

    async fn frame_id(&self, token: &str, deadline: Deadline) -> Result<String, ActErrorKind> {
        let object = self
            .script_for_object("held", vec![json!(token)], deadline)
            .await;
        let object =
            object.map_err(|error| ActErrorKind::from_script(error, "the frame's element"))?;
        let object = object.ok_or(ActErrorKind::ContextLost)?;
        let session = self
            .shared()
            .frame(&self.id)
            .map(|frame| frame.session)
            .ok_or(ActErrorKind::ContextLost)?;
        let call = self
            .shared()
            .send(&session, "DOM.describeNode", json!({"objectId": object}));
        let node = call.await.map_err(|error| self.shared().explain(error))?;
        let id = node["node"]["frameId"].as_str();
        id.map(str::to_owned).ok_or_else(|| ActErrorKind::Invalid {
            what: "the element is not a frame".to_owned(),
        })
    }

    /// The event that tells of a frame may come after the answer that names it.
    async fn known(&self, id: String, deadline: Deadline) -> Result<Self, ActErrorKind> {
        let known = self.shared().until(deadline, |state| {
            (state.frames.contains_key(&id) || state.ended.is_some()).then_some(())
        });
        match known.await {
            Some(()) => Ok(Self::new(self.page.clone(), id)),
            None => Err(ActErrorKind::TimedOut {
                waiting_for: "the frame to be attached".to_owned(),
            }),
        }
    }
}
