//! `POST /alerts/{wish}`

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
use crate::{
    access::Caller,
    http::{ApiState, RawPath, alert_wishes, path_text},
};

/// Does it, and shows what there is.
pub(crate) async fn act(
    state: State<ApiState>,
    caller: Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Page {
    let wish = path_text(path)?;
    let fields = Fields::read(&bytes);
    let field = |name| (name, fields.get(name).map(Value::from));
    let done = match wish.as_str() {
        "silence" => {
            let names = [
                "rule", "portal", "account", "server", "webhook", "for", "reason",
            ];
            alert_wishes::silence(state, caller, body(names.map(field)))
                .await
                .map(drop)
        }
        "unsilence" => {
            let id = fields.get("id").unwrap_or_default().to_owned();
            let ended = alert_wishes::unsilence(state, caller, Ok(Path(id))).await;
            ended.map(drop)
        }
        "test" => alert_wishes::test(state, body([])).await.map(drop),
        _ => Err(no_such_wish()),
    };
    done?;
    Ok(back("/alerts", &wish))
}
