//! `POST /api/jobs/{id}/take-over/act`: a click, a text, a key, the wheel, or back. What is typed is a secret.

use axum::{Extension, Json, body::Bytes, extract::State};
use formhand_browser::Point;
use formhand_domain::Secret;
use formhand_engine::Act;
use serde::Deserialize;

use super::{
    super::{
        ApiState, Problem,
        names::{self, RawPath},
        show_job::find,
    },
    TakeOverView, refused, view,
};
use crate::access::Caller;

/// What a person does.
#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
enum Wanted {
    Click { x: f64, y: f64 },
    Text { text: Secret },
    Key { key: String },
    Scroll { x: f64, y: f64, down: f64 },
    Back {},
}

/// What would be right. The reader's own words could quote what was typed.
const EXPECTED: &str = "the body is none of: {\"act\":\"click\",\"x\":1,\"y\":2}, {\"act\":\"text\",\"text\":\"…\"}, \
    {\"act\":\"key\",\"key\":\"Enter\"}, {\"act\":\"scroll\",\"x\":1,\"y\":2,\"down\":300}, {\"act\":\"back\"}";

/// Does it, once the page has taken it.
pub(crate) async fn act(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<TakeOverView>, Problem> {
    let job = find(&state, names::job_id(path)?).await?;
    let wanted = serde_json::from_slice(&bytes)
        .map_err(|_| Problem::bad_request("malformed_body", EXPECTED))?;
    let act = match wanted {
        Wanted::Click { x, y } => Act::Click(Point { x, y }),
        Wanted::Text { text } => Act::Text(text),
        Wanted::Key { key } => Act::Key(key),
        Wanted::Scroll { x, y, down } => Act::Scroll {
            at: Point { x, y },
            down,
        },
        Wanted::Back {} => Act::Back,
    };
    let act = act
        .checked()
        .map_err(|error| Problem::bad_request("bad_act", error.to_string()))?;
    if let Err(why) = state.take_overs.act(job.id, &caller.name, act).await {
        return Err(refused(&state, job.id, why).await);
    }
    Ok(Json(view(&state, &job)))
}
