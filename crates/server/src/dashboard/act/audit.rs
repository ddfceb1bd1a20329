//! `POST /audit/prove`

use std::time::Duration;

use axum::{Extension, extract::State};
use tokio::time::timeout;

use super::{super::problem::Page, back};
use crate::{
    access::Caller,
    http::{ApiState, begin_proof},
};

/// By then a short audit is proved, and the page shows what came of it. A long one is proved while it is shown.
const SHORT: Duration = Duration::from_secs(2);

/// Has the audit proved, and shows it.
pub(crate) async fn prove(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
) -> Page {
    let proof = begin_proof(&state, &caller)?;
    let _ = timeout(SHORT, proof).await;
    Ok(back("/audit", "prove"))
}
