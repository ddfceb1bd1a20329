//! What operations may be refused for: each code with its words, and what holds for every operation of a kind.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::{
    super::{Need, Problem, problem::MEDIA_TYPE},
    operation::Operation,
    parameter::Place,
    schemas::reference,
};
use crate::access::Role;

/// Every code that a problem may carry, and what it means. `docs/API.md` points here.
pub(super) const CODES: &[(&str, &str)] = &[
    (
        "account_not_found",
        "There is no such account in the configuration.",
    ),
    (
        "ambiguous_target",
        "Portal, flow or account was left out, and there are several.",
    ),
    ("bad_act", "The act is none that can be done in a page."),
    ("bad_request", "The request cannot be read."),
    ("channel_not_found", "There is no such channel."),
    (
        "csrf",
        "A request that comes with a cookie lacks the page's own token.",
    ),
    ("delivery_not_found", "The webhook has no such message."),
    (
        "document_not_found",
        "The quarantine holds no such document.",
    ),
    (
        "duplicate_key",
        "Another job with the same business key is alive or filed. `jobId` was stored for the record, `duplicateOf` has the key.",
    ),
    ("evidence_not_found", "The job has no such file."),
    ("forbidden", "The token's role may not do this."),
    (
        "foreign_origin",
        "A request that comes with a cookie was sent by a page of another site.",
    ),
    (
        "internal",
        "Something failed inside. The server's log says what.",
    ),
    ("invalid_parameter", "A parameter has no valid value."),
    (
        "invalid_record",
        "The record breaks the flow's schema. `errors` has each field, `jobId` the job that was stored for it.",
    ),
    ("job_not_found", "There is no such job."),
    (
        "jobs_changed",
        "Other jobs fit by now than the person saw. No job was touched.",
    ),
    (
        "key_taken",
        "Another job has taken the business key meanwhile: `duplicateOf`.",
    ),
    ("malformed_body", "The body is not what it must be."),
    (
        "malformed_id",
        "An id or a name in the address, the query or a header is not well formed.",
    ),
    (
        "method_not_allowed",
        "The address does not take this method. The `Allow` header says which it takes.",
    ),
    ("no_channel", "No alert channel is configured."),
    ("no_host", "The request has no Host header."),
    (
        "no_master_session",
        "The account has no session of its own: each job logs in by itself.",
    ),
    ("no_picture", "The browser gave no picture."),
    (
        "no_search",
        "The flow's definition does not say how the portal is searched.",
    ),
    ("node_not_found", "There is no such server."),
    ("not_at_work", "No server works on the job."),
    ("not_done", "The page has not taken it."),
    (
        "not_in_object_storage",
        "The file is not in object storage, or not yet.",
    ),
    ("not_ready", "The server cannot work at present."),
    ("not_taken_over", "The page is not yours, or not any more."),
    (
        "nothing_failed",
        "No step has failed that could be tried again.",
    ),
    ("picture_not_found", "The question has no picture."),
    (
        "proof_under_way",
        "The audit is being proved already. Its head has the verdict.",
    ),
    (
        "question_closed",
        "The question was answered already, or is too old.",
    ),
    ("question_not_found", "There is no such question."),
    ("refused", "The job does not take this as it is now."),
    (
        "repeated_parameter",
        "A parameter was given twice that may be given once.",
    ),
    ("route_not_found", "There is nothing at this address."),
    ("silence_not_found", "There is no such silence."),
    (
        "source_elsewhere",
        "Another server is configured with this source. Ask that one.",
    ),
    ("source_not_found", "There is no such source."),
    (
        "source_unavailable",
        "The source's database does not answer at present.",
    ),
    ("step_failed", "The step failed: try it again, or give up."),
    (
        "store_unavailable",
        "The store cannot be written at present. Nothing of the request was kept.",
    ),
    ("taken_over", "Somebody else has the page."),
    (
        "timed_out",
        "It took too long. Ask again, with the same `Idempotency-Key` for a submit.",
    ),
    ("too_large", "A request holds at most 16 MiB."),
    ("too_late", "The form is being submitted, or was."),
    (
        "too_many_requests",
        "Asked too often. The `Retry-After` header says when to ask again.",
    ),
    ("too_many_streams", "The token has too many open streams."),
    (
        "unauthorized",
        "There is no token, or it is unknown or over.",
    ),
    (
        "unknown_account",
        "The portal has no such account in the configuration.",
    ),
    ("unknown_flow", "The portal has no such flow."),
    (
        "unknown_host",
        "The server is not known by the name in the Host header.",
    ),
    (
        "unknown_parameter",
        "The query has a name that the operation does not know.",
    ),
    ("unknown_portal", "There is no such portal."),
    ("unknown_status", "There is no such status."),
    (
        "unsupported_media_type",
        "The Content-Type is none that the operation takes.",
    ),
    (
        "webhook_disabled",
        "The webhook is not enabled in the configuration.",
    ),
    ("webhook_not_found", "There is no such webhook."),
    (
        "works_elsewhere",
        "Another server works on the job. Ask that one.",
    ),
];

/// What a code means.
pub(super) fn meaning(code: &str) -> &'static str {
    let mut all = CODES.iter();
    all.find(|(known, _)| *known == code)
        .map_or("", |(_, meaning)| meaning)
}

/// By status: the codes of an operation, its own and those of its kind.
pub(super) fn of(operation: &Operation, need: Need) -> BTreeMap<u16, Vec<&'static str>> {
    let mut codes: BTreeMap<u16, Vec<&'static str>> = BTreeMap::new();
    let mut add = |status: u16, code| codes.entry(status).or_default().push(code);
    for (status, own) in &operation.refusals {
        for code in *own {
            add(*status, *code);
        }
    }
    add(400, "no_host");
    if operation.has(Place::Path) {
        add(400, "malformed_id");
    }
    if !operation.is_lenient {
        add(400, "unknown_parameter");
    }
    if operation.has(Place::Query) {
        add(400, "repeated_parameter");
        add(400, "invalid_parameter");
    }
    if operation.body.is_some() {
        add(400, "malformed_body");
        add(400, "bad_request");
    }
    if let Need::AtLeast(role) = need {
        add(401, "unauthorized");
        if role > Role::Viewer {
            add(403, "forbidden");
            add(403, "foreign_origin");
            add(403, "csrf");
        }
    }
    if !operation.is_endless {
        add(408, "timed_out");
    }
    add(413, "too_large");
    add(421, "unknown_host");
    add(429, "too_many_requests");
    if !operation.is_still {
        add(500, "internal");
        add(503, "store_unavailable");
    }
    for codes in codes.values_mut() {
        codes.sort_unstable();
        codes.dedup();
    }
    codes
}

/// Answers that many operations share: their name, their status and all their codes.
const SHARED: [(&str, u16, &[&str]); 9] = [
    ("Unauthorized", 401, &["unauthorized"]),
    ("Forbidden", 403, &["csrf", "forbidden", "foreign_origin"]),
    ("MethodNotAllowed", 405, &["method_not_allowed"]),
    ("TimedOut", 408, &["timed_out"]),
    ("TooLarge", 413, &["too_large"]),
    ("UnknownHost", 421, &["unknown_host"]),
    ("TooManyRequests", 429, &["too_many_requests"]),
    ("Internal", 500, &["internal"]),
    ("StoreUnavailable", 503, &["store_unavailable"]),
];

/// The answer of this status with these codes.
pub(super) fn answer(status: u16, codes: &[&str]) -> Value {
    let shared = SHARED
        .iter()
        .find(|(_, of, all)| *of == status && *all == codes);
    match shared {
        Some((name, ..)) => json!({"$ref": format!("#/components/responses/{name}")}),
        None => whole(status, codes),
    }
}

/// Those that are shared.
pub(super) fn shared() -> Map<String, Value> {
    let whole =
        |(name, status, codes): &(&str, u16, &[&str])| ((*name).to_owned(), whole(*status, codes));
    SHARED.iter().map(whole).collect()
}

fn whole(status: u16, codes: &[&str]) -> Value {
    let words: Vec<String> = codes
        .iter()
        .map(|code| format!("- `{code}`: {}", meaning(code)))
        .collect();
    let mut content = json!({"schema": reference("Problem")});
    if let Some(code) = codes.first() {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        content["example"] = json!(Problem::new(status, code, meaning(code)));
    }
    let mut answer = json!({
        "description": words.join("\n"),
        "content": {MEDIA_TYPE: content},
        "x-formhand-codes": codes,
    });
    let header =
        |name: &str, text: &str| json!({name: {"description": text, "schema": {"type": "string"}}});
    match status {
        401 => answer["headers"] = header("WWW-Authenticate", "`Bearer realm=\"formhand\"`."),
        405 => answer["headers"] = header("Allow", "The methods that the address takes."),
        429 => {
            answer["headers"] = header(
                "Retry-After",
                "After how many seconds to ask again. Not sent with `too_many_streams`.",
            );
        }
        _ => {}
    }
    answer
}
