//! `POST /jobs/{id}/take-over/{wish}`

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
};
use serde_json::{Value, json};

use super::super::{
    act::{Fields, back, body, no_such_wish},
    problem::Page,
};
use crate::{
    access::Caller,
    http::{ApiState, RawPath, page_wishes, path_text},
};

/// Where the wheel turns that no point was named for: in the middle of a page as browsers here show it.
const MIDDLE: (f64, f64) = (680.0, 450.0);

/// Does it, and shows the page again.
pub(in super::super) async fn act(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<(String, String)>,
    bytes: Bytes,
) -> Page {
    let (id, wish) = path_text(path)?;
    let fields = Fields::read(&bytes);
    let page = format!("/jobs/{id}/take-over");
    let (state, caller, path) = (State(state), Extension(caller), Ok(Path(id)));
    let number = |name: &str| {
        let number = fields.get(name).and_then(|text| text.parse::<f64>().ok());
        number.map(Value::from).unwrap_or_default()
    };
    // A text is typed as it is, with what is around it.
    let text = |name: &str| fields.whole(name).map(Value::from).unwrap_or_default();
    let wanted = match wish.as_str() {
        "click" => json!({"act": "click", "x": number("at.x"), "y": number("at.y")}),
        "text" => json!({"act": "text", "text": text("text")}),
        "key" => json!({"act": "key", "key": text("key")}),
        "scroll" => {
            let (x, y) = MIDDLE;
            json!({"act": "scroll", "x": x, "y": y, "down": number("down")})
        }
        "back" => json!({"act": "back"}),
        "ask" => {
            page_wishes::ask(state, caller, path, body([]))
                .await
                .map(drop)?;
            return Ok(back(&page, &wish));
        }
        "go-on" | "try-again" | "give-up" => {
            let how = Value::from(wish.replace('-', "_"));
            let reason = fields.get("reason").map(Value::from);
            let said = body([("how", Some(how)), ("reason", reason)]);
            page_wishes::end(state, caller, path, said)
                .await
                .map(drop)?;
            return Ok(back(&page, &wish));
        }
        _ => return Err(no_such_wish()),
    };
    let done = page_wishes::act(state, caller, path, Bytes::from(wanted.to_string()));
    done.await.map(drop)?;
    Ok(back(&page, "acted"))
}
