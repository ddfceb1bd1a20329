//! `GET /login`: the page that asks for a token.

use axum::{
    Extension,
    response::{IntoResponse, Redirect, Response},
};
use maud::{DOCTYPE, Markup, html};

use super::next;
use crate::{
    access::{Caller, Via},
    http::query::Query,
};

/// The page; whoever is logged in goes on at once.
pub(super) async fn show(caller: Option<Extension<Caller>>, query: Query) -> Response {
    // A link from elsewhere may say more than is known here; none of it is shown.
    let wanted = query.all("next").next().unwrap_or_default();
    let next = next::local(wanted);
    match caller.map(|Extension(caller)| caller.via) {
        Some(Via::Session { .. }) => Redirect::to(&next).into_response(),
        _ => page(&next, None).into_response(),
    }
}

/// The page, with what went wrong.
pub(super) fn page(next: &str, problem: Option<&str>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Log in · Formhand" }
                link rel="icon" href="/assets/icon.svg";
                link rel="stylesheet" href="/login.css";
            }
            body {
                main {
                    h1 { "Formhand" }
                    form method="post" action="/login" {
                        input type="hidden" name="next" value=(next);
                        label for="token" { "Token" }
                        input #token type="password" name="token" required autofocus
                            autocomplete="current-password" aria-describedby="about";
                        @if let Some(problem) = problem {
                            p role="alert" { (problem) }
                        }
                        p #about {
                            "The server's own is in the file " code { "token" } " of its data folder; "
                            code { "formhand token create" } " makes others."
                        }
                        button { "Log in" }
                    }
                }
            }
        }
    }
}
