//! `/Home/Home`: the dashboard, its promo window, and the way out.

use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::faults::Step;
use crate::html::{fill, page};
use crate::http::{Visit, redirect};
use crate::ledger::EndReason;
use crate::world::Shared;

const PAGE: &str = include_str!("../../assets/pages/home.html");

pub(crate) async fn show(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Html<String> {
    let user = visit.user.as_deref().unwrap_or_default();
    let mut inner = world.lock();
    let committed = inner
        .proposals
        .iter()
        .filter(|p| !p.is_invented)
        .count()
        .to_string();
    let due = visit
        .session
        .as_deref()
        .is_some_and(|id| inner.sessions.take_promo(id));
    drop(inner);
    let promo = if due && world.options.promo {
        "true"
    } else {
        ""
    };
    let content = fill(
        PAGE,
        &[("user", user), ("count", &committed), ("promo", promo)],
    );
    page(&world, &visit, Step::Dashboard, &content)
}

/// The promo's content and how long it cannot be closed.
pub(crate) async fn promo(State(world): State<Shared>) -> Json<Value> {
    Json(json!({
        "title": "Monsoon offers for partners",
        "text": "This is the practice portal. Nothing that is filed here reaches an insurer.",
        "delay_ms": world.scaled_ms(3000),
    }))
}

pub(crate) async fn logout(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Response {
    if let Some(id) = &visit.session {
        world.end_session(id, EndReason::Logout);
    }
    let script = "<script>sessionStorage.clear();location.replace('/Login/IMDLogin')</script>";
    if visit.ajax {
        redirect("/Login/IMDLogin")
    } else {
        Html(script).into_response()
    }
}
