//! What the names on the wire mean, for people.

use formhand_domain::{Outcome, Stage, Status, WhoActs};
use maud::{Markup, html};

/// A status as a badge. Its colour repeats what its words say.
pub(super) fn status(status: Status, is_retried: bool) -> Markup {
    let (tone, words) = match status {
        Status::Pending => ("waits", "Waiting"),
        Status::Processing => ("works", "At work"),
        Status::Completed => ("good", "Filed"),
        Status::CompletedWithErrors => ("good", "Filed, a later step failed"),
        Status::FailedLoginForm if is_retried => ("waits", "Failed, will be tried again"),
        Status::FailedLoginForm => ("bad", "Not filed"),
        Status::FailedPostSubmission => ("bad", "Failed at or after filing"),
        Status::FailedValidation => ("bad", "Record refused"),
        Status::FailedDuplicate => ("bad", "Duplicate"),
        Status::OnHold => ("waits", "On hold"),
        Status::NeedsReview => ("asks", "Needs a decision"),
        Status::Cancelled => ("ended", "Cancelled"),
    };
    html! { span.badge data-tone=(tone) title=(status.as_str()) { (words) } }
}

/// A session's state as a badge.
pub(super) fn session(state: &str) -> Markup {
    let (tone, words) = match state {
        "active" => ("good", "Active"),
        "cold" => ("ended", "Not logged in"),
        "logging_in" => ("works", "Logging in"),
        "recovering" => ("works", "Recovering"),
        "down" => ("bad", "Down"),
        "needs_human" => ("asks", "Needs a person"),
        other => ("ended", other),
    };
    html! { span.badge data-tone=(tone) title=(state) { (words) } }
}

/// A server's state as a badge.
pub(super) fn server(state: &str) -> Markup {
    let (tone, words) = match state {
        "working" => ("good", "Working"),
        "draining" => ("works", "Draining"),
        "drained" => ("ended", "Drained"),
        "silent" => ("bad", "Silent"),
        other => ("ended", other),
    };
    html! { span.badge data-tone=(tone) title=(state) { (words) } }
}

/// Whether the form was filed.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotSubmitted => "not filed",
        Outcome::Submitted => "filed",
        Outcome::Unknown => "not known whether it was filed",
    }
}

/// How far an attempt came, as four steps.
pub(super) fn progress(stage: Option<Stage>) -> Markup {
    let (reached, words) = match stage {
        None => (0, "not begun"),
        Some(Stage::Session) => (1, "getting a session"),
        Some(Stage::LoginForm) => (2, "filling the form"),
        Some(Stage::Submitting) => (3, "submitting"),
        Some(Stage::PostSubmission) => (4, "after the filing"),
    };
    html! {
        span.progress {
            span.steps aria-hidden="true" {
                @for step in 1..=4 {
                    i data-reached[step <= reached] {}
                }
            }
            (words)
        }
    }
}

/// Who has to act.
pub(super) fn who_acts(who: WhoActs) -> &'static str {
    match who {
        WhoActs::Nobody => "Nobody: it is tried again by itself",
        WhoActs::Submitter => "Whoever handed in the record",
        WhoActs::AccountKeeper => "Whoever keeps the portal's account",
        WhoActs::Operator => "Whoever runs Formhand",
        WhoActs::Developer => "Whoever wrote the portal's definition",
    }
}

/// A code as words: `step_timed_out` as `step timed out`.
pub(super) fn plain(code: &str) -> String {
    code.replace(['_', '-'], " ")
}
