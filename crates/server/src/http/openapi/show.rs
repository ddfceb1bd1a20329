//! `GET /api/openapi.json`

use axum::Json;
use serde_json::Value;

use super::{
    super::{Problem, query::Query},
    document,
};

/// The description. It holds nothing of this installation.
pub(in crate::http) async fn show(query: Query) -> Result<Json<&'static Value>, Problem> {
    query.only(&[])?;
    Ok(Json(document()))
}
