//! `POST /webhooks/{name}/{wish}`

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{
    super::problem::Page,
    back,
    form::{Fields, body},
    no_such_wish,
};
use crate::{
    access::Caller,
    http::{ApiState, Problem, RawPath, path_text, webhook_wishes},
};

/// How far back many messages are sent once more. A page asks for no more; the command line does.
const LONGEST_HOURS: i64 = 24 * 7;

/// Does it, and shows all of them.
pub(crate) async fn act(
    state: State<ApiState>,
    caller: Extension<Caller>,
    path: RawPath<(String, String)>,
    bytes: Bytes,
) -> Page {
    let (name, wish) = path_text(path)?;
    let fields = Fields::read(&bytes);
    let done = match wish.as_str() {
        "replay" => {
            let id = fields.get("id").unwrap_or_default().to_owned();
            webhook_wishes::replay(state, caller, Ok(Path((name, id))))
                .await
                .map(drop)?;
            "replay"
        }
        "replay-since" => {
            replay_since(state, caller, name, &fields).await?;
            "replay-since"
        }
        "test" => {
            let tested = webhook_wishes::test(state, caller, Ok(Path(name))).await?;
            if tested.delivered {
                "tested"
            } else {
                "not-taken"
            }
        }
        _ => return Err(no_such_wish()),
    };
    Ok(back("/webhooks", done))
}

/// Has one told again that wanted nothing any more.
pub(crate) async fn enable(
    state: State<ApiState>,
    caller: Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Page {
    let skip = Fields::read(&bytes).get("skip").is_some();
    let wanted = body([("skipMissed", Some(Value::from(skip)))]);
    webhook_wishes::enable(state, caller, path, wanted)
        .await
        .map(drop)?;
    Ok(back("/webhooks", "enable"))
}

/// All of it, part by part.
async fn replay_since(
    state: State<ApiState>,
    caller: Extension<Caller>,
    name: String,
    fields: &Fields,
) -> Result<(), Problem> {
    let malformed = |why| Problem::bad_request("malformed_body", why);
    if fields.get("sure").is_none() {
        return Err(malformed("say that it is meant: many messages are sent"));
    }
    let hours = fields.get("hours").and_then(|hours| hours.parse().ok());
    let hours = hours
        .filter(|hours| (1..=LONGEST_HOURS).contains(hours))
        .ok_or_else(|| malformed("\"hours\" is not valid: expected 1 to 168"))?;
    let since = state
        .clock
        .now()
        .saturating_sub(SignedDuration::from_hours(hours))
        .map_err(|_| malformed("\"hours\" is too much"))?;
    let mut after = None;
    loop {
        let wanted = body([
            ("since", Some(json!(since))),
            ("after", after.map(|after: u64| json!(after))),
        ]);
        let path = Ok(Path(name.clone()));
        let part = webhook_wishes::replay_many(state.clone(), caller.clone(), path, wanted).await?;
        let (_, part) = part;
        after = part.next;
        if after.is_none() {
            return Ok(());
        }
    }
}
