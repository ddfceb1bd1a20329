//! A held request, from the event to its release. Whatever goes wrong on the way, it fails and never passes.

use std::sync::Arc;

use futures_util::FutureExt as _;
use serde_json::{Value, json};

use super::request::PausedParams;
use super::types::{CommitGate, CommitRequest, Verdict};
use super::{answer, probe};
use crate::browser::{Hub, Origin};
use crate::egress::Host;

/// A request that passed and has no answer yet.
#[derive(Clone)]
pub(crate) struct Flight {
    pub(crate) request: CommitRequest,
    pub(crate) gate: Arc<dyn CommitGate>,
    pub(crate) context: String,
    pub(crate) page: Arc<str>,
}

/// The work on held requests.
pub(crate) struct Paused;

impl Paused {
    /// Takes over a held request. What needs no decision is let go on the spot, all else on a task of its own: the
    /// event loop never waits for a gate.
    pub(crate) fn take(hub: &Arc<Hub>, params: Value) {
        let params: PausedParams = match serde_json::from_value(params) {
            Ok(params) => params,
            Err(error) => {
                // It stays held for ever, which is a refusal.
                tracing::error!(%error, "a held request cannot be read");
                return;
            }
        };
        if params.is_response() {
            answer::take(hub, params);
            return;
        }
        if let Some(origin) = hub.known_origin(&params.frame_id) {
            Self::request(hub, params, origin);
            return;
        }
        let hub = Arc::clone(hub);
        tokio::spawn(async move {
            if let Some(origin) = hub.attribute(&params.frame_id).await {
                Self::request(&hub, params, origin);
            } else {
                tracing::warn!(
                    kind = params.resource_type,
                    "refused a request of an unknown page"
                );
                fail(&hub, &params.request_id, "BlockedByClient");
            }
        });
    }

    fn request(hub: &Arc<Hub>, params: PausedParams, origin: Origin) {
        let context = &origin.context;
        if context.is_closed() {
            fail(hub, &params.request_id, "Aborted");
            return;
        }
        if answer::fulfils_blank(hub, &params) {
            return;
        }
        if params.is_document() && !context.allows_document(&params.request.url) {
            Self::refuse_document(hub, &params, &origin);
            return;
        }
        let (method, url) = (&params.request.method, &params.request.url);
        let pattern = context
            .commit_patterns()
            .iter()
            .find(|pattern| pattern.matches(method, url));
        match (pattern, &context.options.gate) {
            (Some(pattern), Some(options)) => {
                let request = params.commit_request(&pattern.id, origin.source.clone());
                let flight = Flight {
                    request,
                    gate: Arc::clone(&options.gate),
                    context: context.id.clone(),
                    page: Arc::clone(&origin.page),
                };
                tokio::spawn(decide(Arc::clone(hub), params.request_id, flight, origin));
            }
            _ => release(hub, &params.request_id, false),
        }
    }

    fn refuse_document(hub: &Hub, params: &PausedParams, origin: &Origin) {
        if let Some(page) = hub.state().frames.get(&params.frame_id) {
            let main = *page.target == *params.frame_id;
            page.change(|state| {
                if main {
                    state.refused_document = Some(params.request.url.clone());
                }
            });
        }
        let request = params.commit_request("", origin.source.clone());
        origin.context.add_refused(
            request,
            "its origin is not one of those declared".to_owned(),
        );
        fail(hub, &params.request_id, "BlockedByClient");
    }

    /// Tells the gates of some flights that their answers will not come.
    pub(crate) fn lost_all(hub: &Hub, why: &str, which: impl Fn(&Flight) -> bool) {
        let mut lost = Vec::new();
        hub.state().flights.retain(|_, flight| {
            let is_lost = which(flight);
            if is_lost {
                lost.push(flight.clone());
            }
            !is_lost
        });
        for flight in lost {
            let why = why.to_owned();
            tokio::spawn(async move { flight.gate.lost(&flight.request, why).await });
        }
    }
}

/// Asks the gate. A gate that panics refuses.
async fn decide(hub: Arc<Hub>, id: String, flight: Flight, origin: Origin) {
    if !hub.keeps_its_ways() {
        // Not asked: what it would say cannot be kept to any more.
        let reason = "the browser has lost the context's way out".to_owned();
        origin.context.add_refused(flight.request, reason);
        fail(&hub, &id, "BlockedByClient");
        return;
    }
    let asked = std::panic::AssertUnwindSafe(flight.gate.request(&flight.request))
        .catch_unwind()
        .await;
    let verdict = asked.unwrap_or_else(|_| Verdict::Refuse {
        reason: "the gate failed".to_owned(),
    });
    match verdict {
        Verdict::Refuse { reason } => {
            origin.context.add_refused(flight.request, reason);
            fail(&hub, &id, "BlockedByClient");
        }
        Verdict::Pass => pass(&hub, id, flight, &origin).await,
    }
}

async fn pass(hub: &Arc<Hub>, id: String, flight: Flight, origin: &Origin) {
    hub.state().flights.insert(id.clone(), flight.clone());
    let host = Host::of(&flight.request.url);
    let undone = if origin.context.is_closed() {
        Some("the context was closed before the request left")
    } else if !hub.keeps_its_ways() {
        Some("the browser lost the context's way out before the request left")
    } else if host.is_none() {
        Some("the request goes to no host")
    } else {
        None
    };
    if let Some(why) = undone {
        // While the gate was thinking: it said yes, but nothing has left.
        hub.state().flights.remove(&id);
        fail(hub, &id, "Aborted");
        flight.gate.lost(&flight.request, why.to_owned()).await;
        return;
    }
    if let (Some(egress), Some(host)) = (&origin.context.egress, host) {
        egress.narrow(host);
    }
    probe::watch(hub, id.clone());
    let params = json!({"requestId": id, "interceptResponse": true});
    if let Err(error) = hub
        .connection
        .call(None, "Fetch.continueRequest", params)
        .await
        && hub.state().flights.remove(&id).is_some()
    {
        flight
            .gate
            .lost(
                &flight.request,
                format!("the request was gone when it should have left: {error}"),
            )
            .await;
    }
}

pub(crate) fn release(hub: &Hub, id: &str, response: bool) {
    let method = if response {
        "Fetch.continueResponse"
    } else {
        "Fetch.continueRequest"
    };
    drop(hub.connection.send(None, method, json!({"requestId": id})));
}

pub(crate) fn fail(hub: &Hub, id: &str, reason: &str) {
    drop(hub.connection.send(
        None,
        "Fetch.failRequest",
        json!({"requestId": id, "errorReason": reason}),
    ));
}
