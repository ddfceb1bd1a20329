//! An answer on its way to the page: shown to the gate first, or recorded for those who watch.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::FutureExt as _;
use serde_json::json;

use super::paused::{Flight, fail, release};
use super::request::PausedParams;
use super::types::{BODY_LIMIT_BYTES, CommitResponse};
use crate::browser::Hub;

/// The path of the empty documents in which storage is read and put back. No server ever sees it.
pub(crate) const BLANK_PATH: &str = "/.formhand-blank";

/// Takes over an answer that is held.
pub(crate) fn take(hub: &Arc<Hub>, params: PausedParams) {
    let flight = hub.state().flights.remove(&params.request_id);
    record(hub, &params);
    match flight {
        Some(flight) => drop(tokio::spawn(show(Arc::clone(hub), params, flight))),
        None => go_on(hub, &params),
    }
}

/// Answers the request for an empty document by itself.
pub(crate) fn fulfils_blank(hub: &Hub, params: &PausedParams) -> bool {
    let blank = params.is_document()
        && params.request.method == "GET"
        && url::Url::parse(&params.request.url).is_ok_and(|url| url.path() == BLANK_PATH);
    if blank {
        let answer = json!({
            "requestId": params.request_id, "responseCode": 200,
            "responseHeaders": [
                {"name": "content-type", "value": "text/html"},
                {"name": "cache-control", "value": "no-store"},
            ],
            "body": STANDARD.encode("<!doctype html><title></title><link rel=icon href=data:,>"),
        });
        drop(hub.connection.send(None, "Fetch.fulfillRequest", answer));
    }
    blank
}

fn record(hub: &Hub, params: &PausedParams) {
    let Some(status) = params.response_status_code else {
        return;
    };
    let Some(origin) = hub.known_origin(&params.frame_id) else {
        return;
    };
    if !origin
        .context
        .watched()
        .iter()
        .any(|glob| glob.matches(&params.request.url))
    {
        return;
    }
    let page = hub.state().frames.get(&params.frame_id).cloned();
    if let Some(page) = page {
        page.change(|state| state.add_response(&params.request.url, status));
    }
}

async fn show(hub: Arc<Hub>, params: PausedParams, flight: Flight) {
    let context = hub.state().contexts.get(&flight.context).cloned();
    if let Some(reason) = &params.response_error_reason {
        flight
            .gate
            .lost(&flight.request, format!("the connection failed: {reason}"))
            .await;
        go_on(&hub, &params);
        return;
    }
    let status = params.response_status_code.unwrap_or_default();
    let is_redirect = (300..400).contains(&status);
    let body = if is_redirect {
        Ok(Bytes::new())
    } else {
        body(&hub, &params.request_id).await
    };
    let body = match body {
        Ok(body) => body,
        Err(why) => {
            flight.gate.lost(&flight.request, why).await;
            go_on(&hub, &params);
            return;
        }
    };
    let headers = params
        .response_headers
        .iter()
        .map(|header| (header.name.clone(), header.value.clone()));
    let response = CommitResponse {
        request: flight.request,
        status,
        status_text: params.response_status_text.clone(),
        headers: headers.collect(),
        body,
    };
    // The answer is here, so the network stack has no reason left to send the request again.
    if let Some(egress) = context.as_ref().and_then(|context| context.egress.as_ref()) {
        egress.widen();
    }
    // A gate that fails here has not stored the answer: the page must not go on as if it had.
    let shown = std::panic::AssertUnwindSafe(flight.gate.response(&response))
        .catch_unwind()
        .await;
    if shown.is_ok() {
        release(&hub, &params.request_id, true);
    } else {
        fail(&hub, &params.request_id, "Failed");
    }
}

async fn body(hub: &Hub, id: &str) -> Result<Bytes, String> {
    let call = hub
        .connection
        .call(None, "Fetch.getResponseBody", json!({"requestId": id}));
    let answer = call
        .await
        .map_err(|error| format!("the answer's body cannot be read: {error}"))?;
    let text = answer["body"].as_str().unwrap_or_default();
    let mut body = if answer["base64Encoded"] == true {
        STANDARD
            .decode(text)
            .map_err(|error| format!("the answer's body cannot be decoded: {error}"))?
    } else {
        text.as_bytes().to_vec()
    };
    body.truncate(BODY_LIMIT_BYTES);
    Ok(body.into())
}

fn go_on(hub: &Hub, params: &PausedParams) {
    match &params.response_error_reason {
        Some(reason) => fail(hub, &params.request_id, reason),
        None => release(hub, &params.request_id, true),
    }
}
