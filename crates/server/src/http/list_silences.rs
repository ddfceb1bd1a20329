//! `GET /api/alerts/silences`: what nobody wants to hear of.

use axum::{Json, extract::State};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ApiState, Problem, query::Query, silence_view::SilenceView};

/// Silences.
#[derive(Serialize, JsonSchema)]
pub(super) struct Silences {
    /// Those that are not over.
    silences: Vec<SilenceView>,
}

/// Those that are not over.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<Silences>, Problem> {
    query.only(&[])?;
    let now = state.clock.now();
    let silences = state.alerts.book().await?.silences.into_iter();
    let silences = silences.filter(|silence| now < silence.until);
    Ok(Json(Silences {
        silences: silences.map(SilenceView::from).collect(),
    }))
}
