//! One login: the definition's steps, then whichever signal comes first.

use std::sync::Arc;

use formhand_browser::{Condition, Context, Deadline, Page};
use formhand_domain::{Failure, FailureCode, account::LoginResult};
use formhand_portal::{MessageClass, OneTimeCode, Portal, Step, StepAction, value::Scope};

use super::KeeperSetup;
use crate::flow::{
    Run, RunSetup, Stop, Trouble, absence, absolute, condition, conditions, holds_now,
    message_signals, messages,
};

/// What one try came to.
pub(super) enum Tried {
    LoggedIn,
    /// The result for the budget, and what happened.
    Failed(LoginResult, Failure),
}

/// What the portal says to what was sent.
enum Answer {
    Final(Tried),
    /// It wants a one-time code first.
    CodeAsked,
}

/// Whether a page shows what the login would open first.
pub(super) fn is_open(portal: &Portal, page: &Page) -> bool {
    let Some(Step {
        condition: None,
        action: StepAction::Goto { url },
        ..
    }) = portal.session.login.first()
    else {
        return false;
    };
    let first = url.render(&Scope::default()).ok();
    let first = first.and_then(|path| absolute(&portal.base, &path).ok());
    first.is_some_and(|first| first.as_str() == page.url())
}

/// Tries to log in once, from opening the page, or from the page that is open already, to the portal's answer.
pub(super) async fn attempt(
    setup: &KeeperSetup,
    context: &Context,
    page: &Page,
    is_open: bool,
) -> Tried {
    let (portal, account, codes) = (&setup.portal, &setup.account, &setup.codes);
    let mut run = Run::new(RunSetup {
        portal: Arc::clone(portal),
        context: context.clone(),
        page: page.clone(),
        scope: Scope::for_login(account.user.clone(), account.password.clone()),
        step_timeout: setup.step_timeout,
        desk: None,
        solver: Some(Arc::clone(&setup.solver)),
        codes: codes.clone(),
        documents: None,
        session_over: None,
        trace: None,
        hands: None,
        progress: Arc::new(|_| {}),
    });
    let steps = &portal.session.login[usize::from(is_open)..];
    if let Err(stop) = run.all(steps).await {
        return interpret(stop);
    }
    let code = portal.session.one_time_code.as_ref();
    match (answer(portal, page, code).await, code) {
        (Answer::Final(tried), _) => tried,
        (Answer::CodeAsked, Some(code)) if codes.is_some() => {
            give_code(portal, page, &mut run, code).await
        }
        (Answer::CodeAsked, _) => human_needed(
            "the portal asks for a one-time code, and the account has no source of them",
        ),
    }
}

/// Gives the code once. A portal that asks again has refused it, and a person has to look why.
async fn give_code(portal: &Portal, page: &Page, run: &mut Run, code: &OneTimeCode) -> Tried {
    if let Err(stop) = run.all(&code.steps).await {
        return interpret(stop);
    }
    code_taken(portal, page, code).await;
    let answer = answer(portal, page, None).await;
    let asked = [condition(&portal.base, &code.asked)];
    match answer {
        Answer::Final(Tried::Failed(LoginResult::Failed, _)) | Answer::CodeAsked
            if holds_now(&page.main(), &asked).await =>
        {
            human_needed("the portal did not take the one-time code")
        }
        Answer::Final(tried) => tried,
        Answer::CodeAsked => failed("the portal did not answer the one-time code".into()),
    }
}

/// Waits until the page that asks for the code is gone, or for as long as an answer may take. Until then its words still
/// ask for a code, and would be taken for an answer.
async fn code_taken(portal: &Portal, page: &Page, code: &OneTimeCode) {
    let Some(gone) = absence(&code.asked) else {
        return;
    };
    let mut signals = conditions(&portal.base, &portal.session.logged_in);
    signals.push(gone);
    let deadline = Deadline::after(portal.session.login_timeout);
    // A page that stays has something to say: what, is read next.
    let _ = page.main().first_of(&signals, deadline).await;
}

/// Waits for the answer to what was sent. Of signs that show together, the one that asks for a code counts first: the
/// page around it has words that ask for it, too.
async fn answer(portal: &Portal, page: &Page, code: Option<&OneTimeCode>) -> Answer {
    let deadline = Deadline::after(portal.session.login_timeout);
    let asked = code.map(|code| condition(&portal.base, &code.asked));
    let asking = usize::from(asked.is_some());
    let mut signals: Vec<Condition> = asked.into_iter().collect();
    signals.extend(conditions(&portal.base, &portal.session.logged_in));
    let known = signals.len();
    signals.extend(message_signals(portal));
    let frame = page.main();
    loop {
        let hit = match frame.first_of(&signals, deadline).await {
            Ok(hit) => hit,
            Err(error) => {
                let message = format!("the portal did not answer the login: {error}");
                return Answer::Final(failed(message));
            }
        };
        if hit.index < asking {
            return Answer::CodeAsked;
        }
        if hit.index < known {
            return Answer::Final(Tried::LoggedIn);
        }
        match messages(portal, &frame).await {
            Some(Trouble::Said { class, failure }) => {
                return Answer::Final(classed(class, failure));
            }
            Some(Trouble::Unknown(failure)) => {
                return Answer::Final(Tried::Failed(LoginResult::Failed, failure));
            }
            Some(Trouble::LoggedOut) | None => signals.truncate(known),
        }
    }
}

fn interpret(stop: Stop) -> Tried {
    match stop {
        Stop::Failed(failed) => {
            let result = match failed.failure.code {
                // A picture that could not be read was never sent: it is a captcha mistake all the same.
                FailureCode::CaptchaUnsolved => LoginResult::CaptchaWrong,
                FailureCode::HumanNeeded => LoginResult::HumanNeeded,
                _ => LoginResult::Failed,
            };
            Tried::Failed(result, failed.failure)
        }
        Stop::SessionGone => failed("the portal showed the login page again".into()),
        Stop::Rejected | Stop::LeaseLost | Stop::Drained | Stop::Left | Stop::GivenUp(_) => {
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

fn human_needed(message: &str) -> Tried {
    Tried::Failed(
        LoginResult::HumanNeeded,
        Failure::new(FailureCode::HumanNeeded, message),
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
