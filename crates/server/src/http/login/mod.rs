//! How a person logs in at a browser: a token becomes a cookie.

mod enter;
mod leave;
mod next;
mod page;

use axum::{
    extract::Request,
    http::header,
    response::{IntoResponse, Redirect, Response},
};

use super::{Need::Everyone, routes::Routes};
use crate::access::Role::Viewer;

/// The style of the page stands beside it: no style stands within a page.
const STYLE: &str = include_str!("login.css");

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/login", Everyone, page::show)
        .get("/login.css", Everyone, style)
        .post("/login", Everyone, enter::enter)
        .post("/logout", Viewer, leave::leave)
}

/// Sends a browser to the login page, and from there to where it wanted to go. What was to be changed is not changed
/// afterwards: only an address that is read is kept.
pub(super) fn elsewhere(request: &Request) -> Response {
    let reads = request.method().is_safe();
    let wanted = request.uri().path_and_query().filter(|_| reads);
    let place = match wanted {
        Some(wanted) => {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("next", wanted.as_str());
            format!("/login?{}", query.finish())
        }
        None => "/login".to_owned(),
    };
    Redirect::to(&place).into_response()
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}
