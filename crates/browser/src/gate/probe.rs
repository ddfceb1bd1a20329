//! Whether a request that passed is still under way.
//!
//! A page can take its request back, by a time-out of its own or by going elsewhere, and Chromium's `Fetch` says
//! nothing then. Only `Network`, with several events for every resource of every page, would tell. So the one request
//! that matters is asked about now and then while it is out: a question about a request that is over is refused in
//! other words than one about a request that has no answer yet.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use crate::browser::Hub;
use crate::cdp::CallError;

/// Much shorter than anybody waits for an answer, and two messages a second for the seconds that a commit takes.
const PROBE_EVERY: Duration = Duration::from_millis(500);

/// Tells the gate when a request is over without an answer.
pub(crate) fn watch(hub: &Arc<Hub>, id: String) {
    let hub = Arc::clone(hub);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(PROBE_EVERY).await;
            if !hub.state().flights.contains_key(&id) {
                return;
            }
            if is_over(&hub, &id).await {
                break;
            }
        }
        // The answer may have come meanwhile: whoever takes the flight tells the gate.
        let flight = hub.state().flights.remove(&id);
        if let Some(flight) = flight {
            let why = "the page took the request back, or went elsewhere".to_owned();
            flight.gate.lost(&flight.request, why).await;
        }
    });
}

async fn is_over(hub: &Hub, id: &str) -> bool {
    let call = hub
        .connection
        .call(None, "Fetch.getResponseBody", json!({"requestId": id}));
    match call.await {
        Err(CallError::Refused { message, .. }) => message.contains("Invalid InterceptionId"),
        Ok(_) | Err(_) => false,
    }
}
