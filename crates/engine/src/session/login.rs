//! One login: the definition's steps, then whichever signal comes first.

use std::{sync::Arc, time::Duration};

use formhand_browser::{Context, Deadline, Page};
use formhand_domain::{Failure, FailureCode, account::LoginResult};
use formhand_portal::{MessageClass, Portal, value::Scope};

use crate::{
    captcha::Solver,
    flow::{Run, RunSetup, Stop, Trouble, conditions, message_signals, messages},
    setup::AccountSetup,
};

/// What one try came to.
pub(super) enum Tried {
    LoggedIn,
    /// The result for the budget, and what happened.
    Failed(LoginResult, Failure),
}

/// Tries to log in once, from opening the page to the portal's answer.
pub(super) async fn attempt(
    portal: &Arc<Portal>,
    account: &AccountSetup,
    solver: &Arc<dyn Solver>,
    context: &Context,
    page: &Page,
    step_timeout: Duration,
) -> Tried {
    let mut run = Run::new(RunSetup {
        portal: Arc::clone(portal),
        context: context.clone(),
        page: page.clone(),
        scope: Scope::for_login(account.user.clone(), account.password.clone()),
        step_timeout,
        desk: None,
        solver: Some(Arc::clone(solver)),
        session_over: None,
        progress: Arc::new(|_| {}),
    });
    match run.all(&portal.session.login).await {
        Ok(()) => result(portal, page).await,
        Err(stop) => interpret(stop),
    }
}

async fn result(portal: &Portal, page: &Page) -> Tried {
    let deadline = Deadline::after(portal.session.login_timeout);
    let mut signals = conditions(&portal.base, &portal.session.logged_in);
    let logged_in = signals.len();
    signals.extend(message_signals(portal));
    let frame = page.main();
    loop {
        let hit = match frame.first_of(&signals, deadline).await {
            Ok(hit) => hit,
            Err(error) => return failed(format!("the portal did not answer the login: {error}")),
        };
        if hit.index < logged_in {
            return Tried::LoggedIn;
        }
        match messages(portal, &frame).await {
            Some(Trouble::Said { class, failure }) => return classed(class, failure),
            Some(Trouble::Unknown(failure)) => return Tried::Failed(LoginResult::Failed, failure),
            Some(Trouble::LoggedOut) | None => signals.truncate(logged_in),
        }
    }
}

fn interpret(stop: Stop) -> Tried {
    match stop {
        Stop::Failed(failed) => {
            let result = match failed.failure.code {
                // A picture that could not be read was never sent: it is a captcha mistake all the same.
                FailureCode::CaptchaUnsolved => LoginResult::CaptchaWrong,
                _ => LoginResult::Failed,
            };
            Tried::Failed(result, failed.failure)
        }
        Stop::SessionGone => failed("the portal showed the login page again".into()),
        Stop::Rejected | Stop::LeaseLost | Stop::Drained => {
            failed("a login cannot end this way".into())
        }
    }
}

fn failed(message: String) -> Tried {
    Tried::Failed(
        LoginResult::Failed,
        Failure::new(FailureCode::LoginFailed, message),
    )
}

fn classed(class: MessageClass, failure: Failure) -> Tried {
    let result = match class {
        MessageClass::Captcha => LoginResult::CaptchaWrong,
        MessageClass::BadCredentials => LoginResult::BadCredentials,
        MessageClass::Locked => LoginResult::Locked,
        MessageClass::HumanNeeded => LoginResult::HumanNeeded,
        _ => LoginResult::Failed,
    };
    Tried::Failed(result, failure)
}
