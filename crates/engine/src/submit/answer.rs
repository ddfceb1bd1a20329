//! Reads the portal's answer to the commit request.

use std::collections::BTreeMap;

use formhand_browser::CommitResponse;
use formhand_domain::{Failure, FailureCode, Receipt};
use formhand_portal::{Evidence, JsonCheck, ReceiptField, ReceiptSource, Rejection, Submit};
use serde_json::Value;

/// What a response proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The form was filed.
    Filed(Receipt),
    /// It was not, in the portal's words.
    Rejected(Failure),
    /// The response decides nothing; the page may.
    Undecided,
}

/// Judges a response by the signs that the definition declares.
pub(crate) fn read_response(submit: &Submit, response: &CommitResponse) -> Answer {
    let body: Option<Value> = serde_json::from_slice(&response.body).ok();
    for success in &submit.succeeded {
        let Evidence::Response { statuses, json } = &success.when else {
            continue;
        };
        if holds(statuses, json, response.status, body.as_ref())
            && let Some(receipt) = receipt(&success.receipt, body.as_ref())
        {
            return Answer::Filed(receipt);
        }
    }
    for rejection in &submit.rejected {
        let Evidence::Response { statuses, json } = &rejection.when else {
            continue;
        };
        if holds(statuses, json, response.status, body.as_ref()) {
            return Answer::Rejected(rejected(rejection, response, body.as_ref()));
        }
    }
    Answer::Undecided
}

fn holds(statuses: &[u16], json: &[JsonCheck], status: u16, body: Option<&Value>) -> bool {
    let status_fits = statuses.is_empty() || statuses.contains(&status);
    let body_fits = json
        .iter()
        .all(|check| body.and_then(|body| body.pointer(&check.pointer)) == Some(&check.equals));
    // A sign that asks for nothing would take any answer for a success.
    status_fits && body_fits && !(statuses.is_empty() && json.is_empty())
}

/// Nothing if a field is missing or does not look as declared: then the answer is not understood.
fn receipt(fields: &[ReceiptField], body: Option<&Value>) -> Option<Receipt> {
    let mut kept = BTreeMap::new();
    for field in fields {
        let ReceiptSource::Json(pointer) = &field.from else {
            continue;
        };
        let text = text_of(body?.pointer(pointer)?)?;
        kept.insert(field.name.clone(), matched(field, &text)?);
    }
    Some(Receipt(kept))
}

/// The part of `text` that the field keeps, or nothing if it does not look as declared.
pub(crate) fn matched(field: &ReceiptField, text: &str) -> Option<String> {
    let text = text.trim();
    match &field.matches {
        None => (!text.is_empty()).then(|| text.to_owned()),
        Some(pattern) => {
            let found = pattern.captures(text)?;
            found
                .get(1)
                .or_else(|| found.get(0))
                .map(|part| part.as_str().to_owned())
        }
    }
}

fn rejected(rejection: &Rejection, response: &CommitResponse, body: Option<&Value>) -> Failure {
    let words = match &rejection.message {
        Some(ReceiptSource::Json(pointer)) => body
            .and_then(|body| body.pointer(pointer))
            .and_then(text_of),
        _ => None,
    };
    let words = words
        .filter(|words| !words.trim().is_empty())
        .unwrap_or_else(|| {
            if response.status_text.is_empty() {
                format!("status {}", response.status)
            } else {
                format!("status {} {}", response.status, response.status_text)
            }
        });
    Failure::new(
        FailureCode::Rejected,
        format!("the portal refused the form: {words}"),
    )
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
