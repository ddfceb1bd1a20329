//! `captcha`: has the picture read and types the answer.

use formhand_browser::{Action, ActionKind, Deadline, Frame, Typing};
use formhand_domain::FailureCode;
use formhand_portal::CaptchaRule;

use super::super::{Run, Stop, translate};
use crate::captcha::{Picture, SolveError};

pub(crate) async fn captcha(
    run: &mut Run,
    frame: &Frame,
    rule: &CaptchaRule,
    deadline: Deadline,
) -> Result<(), Stop> {
    let Some(solver) = run.solver.clone() else {
        let message = "a captcha can be solved only while logging in";
        return Err(Stop::failed(FailureCode::DefinitionError, message));
    };
    let png = frame
        .image(&translate::target(&rule.image), deadline)
        .await?;
    let picture = Picture::check(png, rule).map_err(|error| unsolved(&error))?;
    let answer = solver
        .solve(&picture)
        .await
        .map_err(|error| unsolved(&error))?;
    let action = Action {
        target: translate::target(&rule.into),
        kind: ActionKind::Fill {
            value: answer,
            keys: Typing::Paste,
        },
        label: "captcha".to_owned(),
        timeout: None,
    };
    // A person may have taken minutes; typing has a time of its own.
    frame
        .act(&[action], Deadline::after(run.step_timeout))
        .await?;
    Ok(())
}

fn unsolved(error: &SolveError) -> Stop {
    Stop::failed(FailureCode::CaptchaUnsolved, error.to_string())
}
