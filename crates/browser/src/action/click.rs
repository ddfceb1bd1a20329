//! A real click: the mouse goes where the element is, and it is certain that the element got it.
//!
//! The script waits until the element can be clicked, names the point, and keeps watch: a mouse event that would
//! reach something else is stopped in the page before anything can react to it, and the click is tried again.

use serde_json::{Value, json};

use super::call_log::CallLog;
use super::error::ActErrorKind;
use super::outcome::Outcome;
use super::target::Target;
use crate::deadline::Deadline;
use crate::frame::{Frame, Place, ScriptError};

/// What the mouse does when it is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mouse {
    Click,
    Hover,
}

/// An element that can be clicked.
struct Aim {
    token: String,
    place: Place,
}

impl Frame {
    pub(crate) async fn click(
        &self,
        target: &Target,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<(), ActErrorKind> {
        self.mouse(
            "point",
            json!({"target": target.to_script()}),
            Mouse::Click,
            log,
            deadline,
        )
        .await
    }

    pub(crate) async fn hover(
        &self,
        target: &Target,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<(), ActErrorKind> {
        self.mouse(
            "point",
            json!({"target": target.to_script()}),
            Mouse::Hover,
            log,
            deadline,
        )
        .await
    }

    /// Aims with a function of the library and clicks or hovers there.
    pub(crate) async fn mouse(
        &self,
        aim: &'static str,
        what: Value,
        mouse: Mouse,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<(), ActErrorKind> {
        loop {
            let aimed = match self.aim(aim, &what, log, deadline).await {
                Ok(aimed) => aimed,
                Err(ActErrorKind::ContextLost) if self.goes_on(deadline, log).await => continue,
                Err(kind) => return Err(kind),
            };
            self.dispatch(aimed.place, mouse, deadline).await?;
            match self.confirm(&aimed.token, deadline).await? {
                None => return Ok(()),
                Some(miss) => log.add(miss),
            }
            if deadline.has_passed() {
                let waiting_for = "the element to receive the mouse".to_owned();
                return Err(ActErrorKind::TimedOut { waiting_for });
            }
        }
    }

    async fn aim(
        &self,
        aim: &'static str,
        what: &Value,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<Aim, ActErrorKind> {
        let token = self.page.browser.next_token();
        let arguments = vec![what.clone(), json!(deadline.remaining_ms()), json!(token)];
        let value = self.script(aim, arguments, deadline).await;
        let value =
            value.map_err(|error| ActErrorKind::from_script(error, "the page to answer"))?;
        let mut outcome = Outcome::parse(value).map_err(|(_, kind)| kind)?;
        log.extend(std::mem::take(&mut outcome.log));
        if let Some((_, kind)) = outcome.failure() {
            return Err(kind);
        }
        let point = outcome.point.ok_or(ActErrorKind::ContextLost)?;
        let place = self
            .place_in_page(
                Place {
                    x: point.x,
                    y: point.y,
                },
                point.hops,
            )
            .await?;
        Ok(Aim { token, place })
    }

    /// All events of the mouse are sent together; the last answer says that the page has seen them.
    async fn dispatch(
        &self,
        place: Place,
        mouse: Mouse,
        deadline: Deadline,
    ) -> Result<(), ActErrorKind> {
        let Place { x, y } = place;
        let send = |params: Value| {
            let session = &self.shared().session;
            self.shared()
                .send(session, "Input.dispatchMouseEvent", params)
        };
        let mut last = send(json!({"type": "mouseMoved", "x": x, "y": y}));
        if mouse == Mouse::Click {
            let button = json!({"x": x, "y": y, "button": "left", "clickCount": 1});
            for (kind, buttons) in [("mousePressed", 1), ("mouseReleased", 0)] {
                let mut event = button.clone();
                event["type"] = kind.into();
                event["buttons"] = buttons.into();
                last = send(event);
            }
        }
        match tokio::time::timeout_at(deadline.hung_at(), last).await {
            Err(_) => Err(ActErrorKind::TimedOut {
                waiting_for: "the page to take the mouse".to_owned(),
            }),
            Ok(Ok(_)) => Ok(()),
            // A click can close its page. What came of it, others must say.
            Ok(Err(crate::cdp::CallError::SessionGone { .. })) if self.closed_by_itself() => Ok(()),
            Ok(Err(error)) => Err(self.shared().explain(error).into()),
        }
    }

    fn closed_by_itself(&self) -> bool {
        matches!(
            self.shared().state().ended,
            Some(crate::page::Crash::Closed)
        ) && !self.shared().context.is_closed()
    }

    /// Nothing if the element got the mouse, else what got it. A click that makes its document leave cannot be asked
    /// about: the page answers nothing until the next document has come, which can take as long as a portal likes.
    async fn confirm(
        &self,
        token: &str,
        deadline: Deadline,
    ) -> Result<Option<String>, ActErrorKind> {
        let leaving = self
            .shared()
            .until(deadline, |state| state.is_leaving(&self.id).then_some(()));
        let answer = tokio::select! {
            answer = self.script("confirm", vec![json!(token)], deadline) => answer,
            Some(()) = leaving => return Ok(None),
        };
        match answer {
            Ok(value) => Ok(value.as_str().map(str::to_owned)),
            Err(ScriptError::ContextLost) => Ok(None),
            Err(_) if self.closed_by_itself() => Ok(None),
            Err(error) => Err(ActErrorKind::from_script(error, "the page to answer")),
        }
    }
}
