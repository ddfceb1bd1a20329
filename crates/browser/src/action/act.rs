//! `Frame::act`: actions one after the other, as many as possible in one trip.

use super::call_log::CallLog;
use super::error::{ActError, ActErrorKind};
use super::kind::{Action, ActionKind, Done};
use crate::deadline::Deadline;
use crate::frame::Frame;

impl Frame {
    /// Does these actions in order and says what each did. Stops at the first that fails.
    ///
    /// Each waits until its element is there, visible, at rest, enabled and not covered, as far as it matters for the
    /// action. While nothing has been changed yet, a navigation does not end the wait: it goes on in the new document.
    pub async fn act(&self, actions: &[Action], deadline: Deadline) -> Result<Vec<Done>, ActError> {
        let _one_at_a_time = self.shared().acting.lock().await;
        self.shared().state().responses.clear();
        self.shared().draw_first(&self.id, deadline).await;
        let mut done = Vec::with_capacity(actions.len());
        while done.len() < actions.len() {
            let from = done.len();
            let rest = &actions[from..];
            let together = rest.iter().take_while(|one| sets_a_field(one)).count();
            let now = &rest[..together.max(1)];
            let result = match &rest[0].kind {
                ActionKind::Upload { .. } | ActionKind::Press { .. } => {
                    Box::pin(self.alone(&rest[0], deadline)).await
                }
                _ => Box::pin(self.perform(now, deadline)).await,
            };
            done.extend(result.map_err(|error| ActError {
                at: from + error.at,
                ..error
            })?);
        }
        Ok(done)
    }

    /// Does what takes more than one script.
    async fn alone(&self, action: &Action, deadline: Deadline) -> Result<Vec<Done>, ActError> {
        let mut call_log = CallLog::default();
        let log = &mut call_log;
        let target = &action.target;
        let result = match &action.kind {
            ActionKind::Press { key } => self.press(target, key, log, deadline).await,
            ActionKind::Upload { files } => self.upload(target, files, log, deadline).await,
            _ => Err(ActErrorKind::Invalid {
                what: "this action is one of a script".to_owned(),
            }),
        };
        match result {
            Ok(done) => Ok(vec![done]),
            Err(kind) => Err(ActError {
                kind,
                at: 0,
                label: action.label.clone(),
                call_log,
            }),
        }
    }

    /// After a document went away: whether there is another to go on in.
    pub(crate) async fn goes_on(&self, deadline: Deadline, log: &mut CallLog) -> bool {
        log.add("the page navigated");
        !deadline.has_passed() && self.is_there(deadline).await.is_some() && !deadline.has_passed()
    }
}

/// What only sets a field stays in its document, so that several of them can go in one trip.
fn sets_a_field(action: &Action) -> bool {
    matches!(
        action.kind,
        ActionKind::Fill { .. }
            | ActionKind::Select { .. }
            | ActionKind::Pick { .. }
            | ActionKind::Choose { .. }
            | ActionKind::Check { .. }
            | ActionKind::Date { .. }
    )
}
