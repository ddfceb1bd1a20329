//! `Frame::act`: actions one after the other. Those that only set fields go to the page together, in one trip.

use serde_json::{Value, json};

use super::call_log::CallLog;
use super::error::{ActError, ActErrorKind};
use super::kind::{Action, ActionKind, Done, OptionBy, Typing};
use super::outcome::Outcome;
use crate::deadline::Deadline;
use crate::frame::{Frame, ScriptError};

impl Frame {
    /// Does these actions in order and says what each did. Stops at the first that fails.
    ///
    /// Each waits until its element is there, visible, at rest, enabled and not covered, as far as it matters for the
    /// action. While nothing has been changed yet, a navigation does not end the wait: it goes on in the new document.
    pub async fn act(&self, actions: &[Action], deadline: Deadline) -> Result<Vec<Done>, ActError> {
        let _one_at_a_time = self.shared().acting.lock().await;
        self.shared().state().responses.clear();
        let mut done = Vec::with_capacity(actions.len());
        while done.len() < actions.len() {
            let rest = &actions[done.len()..];
            let run = rest
                .iter()
                .take_while(|action| sets_a_field(action))
                .count();
            if run > 0 {
                done.extend(Box::pin(self.set(&rest[..run], deadline)).await?);
            } else {
                done.push(Box::pin(self.one(&rest[0], deadline)).await?);
            }
        }
        Ok(done)
    }

    async fn one(&self, action: &Action, deadline: Deadline) -> Result<Done, ActError> {
        let mut call_log = CallLog::default();
        let log = &mut call_log;
        let target = &action.target;
        let result = match &action.kind {
            ActionKind::Click => self.click(target, log, deadline).await.map(|()| clicked()),
            ActionKind::Hover => self
                .hover(target, log, deadline)
                .await
                .map(|()| Done::default()),
            ActionKind::Press { key } => self
                .press(target, key, log, deadline)
                .await
                .map(|()| clicked()),
            ActionKind::Fill { value, .. } => self.type_text(target, value, log, deadline).await,
            ActionKind::Pick { list, option } => {
                self.pick(target, list, option, log, deadline).await
            }
            ActionKind::Choose { text, list, option } => {
                self.choose(target, text, list, option, log, deadline).await
            }
            ActionKind::Upload { files } => self.upload(target, files, log, deadline).await,
            ActionKind::Select { .. } | ActionKind::Check { .. } | ActionKind::Date { .. } => {
                Err(ActErrorKind::Invalid {
                    what: "this action sets a field".to_owned(),
                })
            }
        };
        result.map_err(|kind| ActError {
            kind,
            label: action.label.clone(),
            call_log,
        })
    }

    /// Sets fields in one trip.
    async fn set(&self, actions: &[Action], deadline: Deadline) -> Result<Vec<Done>, ActError> {
        let list: Value = actions.iter().map(to_script).collect();
        let mut call_log = CallLog::default();
        let label = |at: usize| {
            actions
                .get(at)
                .map(|action| action.label.clone())
                .unwrap_or_default()
        };
        loop {
            let token = self.page.browser.next_token();
            let arguments = vec![list.clone(), json!(deadline.remaining_ms()), json!(token)];
            let answer = self.script("set", arguments, deadline).await;
            let untouched = !self.shared().state().started.remove(&token);
            let error = match answer {
                Ok(value) => {
                    let outcome = Outcome::parse(value);
                    let log = outcome
                        .as_ref()
                        .map(|outcome| outcome.log.clone())
                        .unwrap_or_default();
                    call_log.extend(log);
                    return outcome
                        .and_then(Outcome::into_done)
                        .map_err(|(at, kind)| ActError {
                            kind,
                            label: label(at),
                            call_log,
                        });
                }
                Err(error) => error,
            };
            if matches!(error, ScriptError::ContextLost)
                && untouched
                && self.goes_on(deadline, &mut call_log).await
            {
                continue;
            }
            let kind = ActErrorKind::from_script(error, "the page to answer");
            return Err(ActError {
                kind,
                label: label(0),
                call_log,
            });
        }
    }

    /// After a document went away: whether there is another to go on in.
    pub(crate) async fn goes_on(&self, deadline: Deadline, log: &mut CallLog) -> bool {
        log.add("the page navigated");
        !deadline.has_passed() && self.is_there(deadline).await.is_some() && !deadline.has_passed()
    }
}

fn clicked() -> Done {
    Done {
        value: None,
        changed: true,
    }
}

fn sets_a_field(action: &Action) -> bool {
    matches!(
        action.kind,
        ActionKind::Fill {
            keys: Typing::Paste,
            ..
        } | ActionKind::Select { .. }
            | ActionKind::Check { .. }
            | ActionKind::Date { .. }
    )
}

fn to_script(action: &Action) -> Value {
    let target = action.target.to_script();
    match &action.kind {
        ActionKind::Fill { value, .. } => json!({"do": "fill", "target": target, "value": value}),
        ActionKind::Date { value } => json!({"do": "date", "target": target, "value": value}),
        ActionKind::Check { on } => json!({"do": "check", "target": target, "on": on}),
        ActionKind::Select { option } => {
            let (by, value) = match option {
                OptionBy::ByValue(value) => ("value", value),
                OptionBy::ByText(value) => ("text", value),
            };
            json!({"do": "select", "target": target, "by": by, "value": value})
        }
        _ => Value::Null,
    }
}
