//! The login's token, where more than the cookie carries the login: handed over once, shown by every page.

use axum::extract::State;
use axum::response::Html;
use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::html::{fill, passing, script_json};
use crate::http::Visit;
use crate::ledger::Event;
use crate::world::{Shared, World};

const HAND_OVER: &str = include_str!("../../assets/pages/token.html");

/// The page between the login and the dashboard. It keeps the token where later pages look for it.
pub(crate) fn hand_over(world: &World, token: &str, home: &str) -> Html<String> {
    let carrier = world.options.login_carried_by;
    let facts = script_json(&json!({"carrier": carrier, "token": token, "home": home}));
    passing(world, &fill(HAND_OVER, &[("facts", &facts)]))
}

/// Whether the token that a page shows is that of its login. From then on the page may call.
pub(crate) async fn check(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Json<Value> {
    let active = world.show_token(&visit, visit.form.get("token"));
    if !active {
        let path = visit.path.clone();
        visit.log(&world, Event::Refused { path });
    }
    Json(json!({"active": active}))
}
