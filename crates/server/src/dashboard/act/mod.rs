//! What the forms of the pages do: what the API does, by its own functions. Then the page is shown again.

mod alert;
mod audit;
mod form;
mod job;
mod many;
mod question;
mod server;
mod session;
mod webhook;

use axum::response::{IntoResponse as _, Redirect, Response};

use crate::http::Problem;

pub(super) use self::{
    alert::act as alert,
    audit::prove,
    form::{Fields, body},
    job::act as job,
    many::{act as act_on_many, ask as ask_of_many},
    question::act as question,
    server::act as server,
    session::{act as session, forgive},
    webhook::{act as webhook, enable},
};

/// What the page says after an action. The address carries only its name, so nobody can make a page say anything else.
pub(super) fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "retry" => "Another attempt was asked for.",
        "hold" => "The job is held.",
        "release" => "The job goes on.",
        "cancel" => "The job is cancelled.",
        "verify" => "The portal will be searched for it.",
        "filed" => "Settled: it was filed.",
        "not-filed" => "Settled: it was not filed. It can be tried again now.",
        "recover" => "A recovery was asked for.",
        "login" => "A login was asked for.",
        "logout" => "A logout was asked for.",
        "forgive" => "The refusals are forgotten; the next login tries again.",
        "answered" => "The answer was handed on.",
        "silence" => "It is not told for that long. It goes on firing.",
        "unsilence" => "It is told again.",
        "test" => "A test went through all channels; each one's state is below.",
        "ask" => "The page was asked for.",
        "go-on" => "The steps go on.",
        "try-again" => "The step is tried again.",
        "give-up" => "Given up: the attempt is ended and the job held.",
        "replay" => "It is sent once more.",
        "replay-since" => "They are sent once more.",
        "tested" => "The webhook has taken the test.",
        "not-taken" => "The webhook has not taken the test.",
        "enable" => "The webhook is told again.",
        "prove" => "A proof was asked for.",
        "drain" => "The server takes no more work.",
        "resume" => "The server works again.",
        _ => return None,
    })
}

/// An address that no form of ours has.
pub(super) fn no_such_wish() -> Problem {
    Problem::not_found("wish", "there is nothing of this name to do here")
}

/// Back to a page, which says what was done.
pub(super) fn back(page: &str, done: &str) -> Response {
    Redirect::to(&format!("{page}?done={done}")).into_response()
}
