//! Actions that one script does, with the browser's hands where it asks for them.

use serde_json::{Value, json};

use super::call_log::CallLog;
use super::error::{ActError, ActErrorKind};
use super::hands::{End, Hands};
use super::kind::{Action, ActionKind, Done, OptionBy, Typing};
use super::outcome::Outcome;
use crate::deadline::Deadline;
use crate::frame::{Frame, ScriptError};

impl Frame {
    /// Does actions in one trip. A click or a hover comes alone: it may make its document leave.
    pub(super) async fn perform(
        &self,
        actions: &[Action],
        deadline: Deadline,
    ) -> Result<Vec<Done>, ActError> {
        let list: Value = actions.iter().map(to_script).collect();
        let mut call_log = CallLog::default();
        loop {
            let token = self.page.browser.next_token();
            let arguments = vec![list.clone(), json!(deadline.remaining_ms()), json!(token)];
            let mut hands = Hands::new(self, token, actions);
            let end = hands
                .lend(self.script("act", arguments, deadline), deadline)
                .await;
            let (at, kind) = match end {
                End::Left => return Ok(vec![gone(); actions.len()]),
                End::Answered(Ok(value)) => {
                    let outcome = Outcome::parse(value).and_then(|mut outcome| {
                        call_log.extend(std::mem::take(&mut outcome.log));
                        outcome.into_done()
                    });
                    match outcome {
                        Ok(done) => return Ok(done),
                        Err(failure) => failure,
                    }
                }
                End::Answered(Err(ScriptError::ContextLost))
                | End::Failed(ActErrorKind::ContextLost)
                    if !hands.touched && self.goes_on(deadline, &mut call_log).await =>
                {
                    continue;
                }
                End::Answered(Err(error)) => {
                    (0, ActErrorKind::from_script(error, "the page to answer"))
                }
                End::Failed(kind) => (0, kind),
            };
            let label = actions.get(at).map(|action| action.label.clone());
            return Err(ActError {
                kind,
                at,
                label: label.unwrap_or_default(),
                call_log,
            });
        }
    }
}

/// What is said of an action after which nobody could be asked any more.
fn gone() -> Done {
    Done {
        value: None,
        changed: true,
    }
}

fn to_script(action: &Action) -> Value {
    let mut script = match &action.kind {
        ActionKind::Click => json!({"do": "click"}),
        ActionKind::Hover => json!({"do": "hover"}),
        ActionKind::Fill { value, keys } => {
            let how = match keys {
                Typing::Paste => "fill",
                Typing::Keys => "type",
            };
            json!({"do": how, "value": value})
        }
        ActionKind::Date { value } => json!({"do": "date", "value": value}),
        ActionKind::Check { on } => json!({"do": "check", "on": on}),
        ActionKind::Select { option } => {
            let (by, value) = match option {
                OptionBy::ByValue(value) => ("value", value),
                OptionBy::ByText(value) => ("text", value),
            };
            json!({"do": "select", "by": by, "value": value})
        }
        ActionKind::Pick { list, option } => {
            let option = json!({"by": "equals", "value": option});
            json!({"do": "pick", "list": [list.to_script()], "option": option})
        }
        ActionKind::Choose { list, option, .. } => {
            json!({"do": "choose", "list": [list.to_script()], "option": option.to_script()})
        }
        ActionKind::Upload { .. } | ActionKind::Press { .. } => json!({}),
    };
    script["target"] = action.target.to_script();
    if let Some(limit) = action.timeout {
        script["limit"] = json!(u64::try_from(limit.as_millis()).unwrap_or(u64::MAX));
    }
    script
}
