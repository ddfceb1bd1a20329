//! `GET /__practice/captcha/{id}`: the answer, for those who do not want to read pictures.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::world::Shared;

pub(crate) async fn show(
    State(world): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let text = world
        .lock()
        .captchas
        .text(&id)
        .ok_or(StatusCode::NOT_FOUND)?;
    Ok(Json(json!({"id": id, "text": text})))
}
