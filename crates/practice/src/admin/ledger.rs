//! `GET /__practice/ledger`: all that happened, with sums; `after` and `wait_ms` follow it.

use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::practice::duplicates;
use crate::world::Shared;

/// Nobody waits longer than this in one request.
const MAX_WAIT_MS: u64 = 60_000;

#[derive(Deserialize)]
pub(crate) struct Part {
    #[serde(default)]
    after: u64,
    #[serde(default)]
    wait_ms: u64,
}

pub(crate) async fn show(State(world): State<Shared>, Query(part): Query<Part>) -> Json<Value> {
    if part.wait_ms > 0 {
        let wait = Duration::from_millis(part.wait_ms.min(MAX_WAIT_MS));
        // Elapsed or not, what is there is shown.
        let _ = tokio::time::timeout(wait, world.ledger.when(part.after, |_| true)).await;
    }
    let saves = world.ledger.saves();
    Json(json!({
        "last_seq": world.ledger.last_seq(),
        "entries": world.ledger.after(part.after),
        "save_count": saves.len(),
        "committed_count": saves.iter().filter(|save| save.committed).count(),
        "duplicates": duplicates(&saves),
    }))
}
