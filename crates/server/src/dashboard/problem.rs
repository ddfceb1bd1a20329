//! A page for what did not work: a person at a browser is not shown JSON.

use axum::{
    body::to_bytes,
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use maud::html;

use super::{
    frame::{Frame, Part},
    visitor::Visitor,
};
use crate::{
    access::Caller,
    http::{PROBLEM_TYPE, Problem, wants_page},
};

/// What a page answers.
pub(super) type Page = Result<Response, Problem>;

/// No problem of ours is longer.
const LONGEST_BYTES: usize = 1024 * 1024;

/// Shows a problem as a page to whoever asked for one.
pub(crate) async fn for_people(request: Request, next: Next) -> Response {
    let wants_page = wants_page(request.headers());
    let response = next.run(request).await;
    if wants_page && is_problem(response.headers()) {
        shown(response).await
    } else {
        response
    }
}

fn is_problem(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes() == PROBLEM_TYPE.as_bytes())
}

/// What else the answer says, such as when to ask again, stays.
async fn shown(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let visitor = Visitor(parts.extensions.get::<Caller>().cloned());
    let body = to_bytes(body, LONGEST_BYTES).await.unwrap_or_default();
    let problem = serde_json::from_slice(&body).unwrap_or_else(|_| {
        let detail = "something failed inside; the server's log says what";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    });
    let page = page(&problem, &visitor);
    let (fresh, body) = page.into_parts();
    for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH] {
        parts.headers.remove(name);
    }
    parts.headers.extend(fresh.headers);
    Response::from_parts(parts, body).into_response()
}

fn page(problem: &Problem, visitor: &Visitor) -> Response {
    let frame = Frame {
        title: &problem.title,
        part: Part::Overview,
        visitor,
        done: None,
    };
    frame.around(&html! {
        p.trouble role="alert" { (problem.detail) }
        @if !problem.errors.is_empty() {
            ul {
                @for error in &problem.errors {
                    li { code { (error.pointer) } " " (error.detail) }
                }
            }
        }
        p { a href="/" { "To the overview" } }
        p.quiet { "Code " code { (problem.code) } }
    })
}
