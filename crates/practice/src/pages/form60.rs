//! `/Policy/Form60`: the declaration of a customer without PAN, shown in a frame.

use axum::extract::State;
use axum::response::Html;
use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::faults::{FaultName, Step};
use crate::html::{bare, fill, state_options};
use crate::http::Visit;
use crate::world::Shared;

const PAGE: &str = include_str!("../../assets/pages/form60.html");

pub(crate) async fn show(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Html<String> {
    world.pause(700).await;
    let content = fill(PAGE, &[("states", &state_options())]);
    bare(&world, &visit, Step::Form60, &content)
}

/// Says whether the parent page may be filled.
pub(crate) async fn submit(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Json<Value> {
    world.pause(800).await;
    let silent = world
        .take(FaultName::Form60Silent, &visit.moment())
        .is_some();
    Json(json!({"fills": !silent}))
}
