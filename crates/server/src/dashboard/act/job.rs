//! `POST /jobs/{id}/{wish}`

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
};
use serde_json::Value;

use super::{
    super::problem::Page,
    back,
    form::{Fields, body},
    no_such_wish,
};
use crate::access::Caller;
use crate::http::{ApiState, RawPath, job_wishes, path_text};

/// Does it, and shows the job.
pub(crate) async fn act(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<(String, String)>,
    bytes: Bytes,
) -> Page {
    let (id, wish) = path_text(path)?;
    let fields = Fields::read(&bytes);
    let reason = fields.get("reason").map(Value::from);
    let (state, caller, path) = (State(state), Extension(caller), Ok(Path(id.clone())));
    let done = match wish.as_str() {
        "retry" => job_wishes::retry(state, caller, path, body([])).await,
        "hold" => job_wishes::hold(state, caller, path, body([])).await,
        "release" => job_wishes::release(state, caller, path, body([])).await,
        "cancel" => job_wishes::cancel(state, caller, path, body([("reason", reason)])).await,
        "verify" => job_wishes::verify(state, caller, path, body([])).await,
        "filed" => {
            let receipt = Some(Value::Object(fields.under("receipt.")));
            let outcome = Some(Value::from("submitted"));
            let said = body([("outcome", outcome), ("receipt", receipt)]);
            job_wishes::resolve(state, caller, path, said).await
        }
        "not-filed" => {
            let token = fields
                .get("fencingToken")
                .and_then(|token| token.parse::<u64>().ok());
            let said = body([
                ("outcome", Some(Value::from("not_submitted"))),
                ("reason", reason),
                ("fencingToken", token.map(Value::from)),
            ]);
            job_wishes::resolve(state, caller, path, said).await
        }
        _ => Err(no_such_wish()),
    };
    done.map(drop)?;
    Ok(back(&format!("/jobs/{id}"), &wish))
}
