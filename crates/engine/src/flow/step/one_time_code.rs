//! `otp`: gets the one-time code and types it.

use formhand_browser::{Action, ActionKind, Deadline, Frame, Typing};
use formhand_domain::FailureCode;
use formhand_portal::OneTimeCodeRule;

use super::super::{Run, Stop, translate};
use crate::{one_time_code::CodeError, questions::AskError};

pub(crate) async fn one_time_code(
    run: &mut Run,
    frame: &Frame,
    rule: &OneTimeCodeRule,
) -> Result<(), Stop> {
    let Some(source) = run.codes.clone() else {
        let message = "a one-time code can be given only while logging in";
        return Err(Stop::failed(FailureCode::DefinitionError, message));
    };
    let code = source
        .code(rule.digits)
        .await
        .map_err(|error| Stop::failed(code_of(&error), error.to_string()))?;
    let action = Action {
        target: translate::target(&rule.into),
        kind: ActionKind::Fill {
            value: code.expose().to_owned(),
            keys: Typing::Paste,
        },
        label: "one-time code".to_owned(),
        timeout: None,
    };
    // A person may have taken minutes; typing has a time of its own.
    frame
        .act(&[action], Deadline::after(run.step_timeout))
        .await?;
    Ok(())
}

fn code_of(error: &CodeError) -> FailureCode {
    match error {
        // Asked again and again, the portal would send code after code to somebody who is not there.
        CodeError::Question(AskError::Nobody(_)) => FailureCode::HumanNeeded,
        CodeError::Question(AskError::Closing | AskError::Store(_)) => FailureCode::Internal,
        CodeError::Digits(_) => FailureCode::DefinitionError,
    }
}
