//! What a refusal of the server means for the command.

use std::{error::Error as _, fmt::Write as _};

use reqwest::{Response, StatusCode};

use super::{CliError, Exit};
use crate::{http::Problem, serving::TOKEN_VARIABLE};

/// The error of an answer that is none of 200 and so on.
pub(super) async fn of(response: Response, had_token: bool) -> CliError {
    let status = response.status();
    let problem: Option<Problem> = response.json().await.ok();
    let exit = match status {
        StatusCode::BAD_REQUEST => Exit::Usage,
        StatusCode::UNPROCESSABLE_ENTITY
        | StatusCode::PAYLOAD_TOO_LARGE
        | StatusCode::UNSUPPORTED_MEDIA_TYPE => Exit::BadInput,
        StatusCode::SERVICE_UNAVAILABLE => Exit::Unreachable,
        status if status.is_client_error() => Exit::Refused,
        _ => Exit::Internal,
    };
    let message = match &problem {
        Some(problem) => describe(problem),
        None => format!("the server answered {status}"),
    };
    let exit = match problem.as_ref().map(|problem| problem.code.as_str()) {
        Some("malformed_body") => Exit::BadInput,
        _ => exit,
    };
    let error = CliError::new(exit, message);
    match (status, had_token) {
        (StatusCode::UNAUTHORIZED, false) => error.hint(format!(
            "set {TOKEN_VARIABLE}, or use --data with the server's data folder"
        )),
        (StatusCode::UNAUTHORIZED, true) => {
            error.hint(format!("is {TOKEN_VARIABLE} that of another server?"))
        }
        _ => error,
    }
}

/// A problem in lines: what happened, then each bad field.
pub(super) fn describe(problem: &Problem) -> String {
    let mut text = problem.detail.clone();
    for field in &problem.errors {
        // Writing to a String cannot fail.
        let _ = if field.pointer.is_empty() {
            write!(text, "\n  {}", field.detail)
        } else {
            write!(text, "\n  {}: {}", field.pointer, field.detail)
        };
    }
    text
}

/// The innermost reason, which is the one that a person can use.
pub(super) fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if error.source().is_none() {
        error.to_string()
    } else {
        cause.to_string()
    }
}
