//! `POST /api/jobs/{id}/take-over/act`: a click, a text, a key, the wheel, or back. What is typed is a secret.

use axum::{Extension, Json, body::Bytes, extract::State};
use formhand_browser::Point;
use formhand_domain::Secret;
use formhand_engine::Act;
use schemars::JsonSchema;
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

/// What a person does in a page. Places are in CSS pixels from the upper left.
#[derive(Deserialize, JsonSchema)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "PageAct")]
pub(in crate::http) enum Wanted {
    /// A click.
    Click {
        /// From the left.
        x: f64,
        /// From the top.
        y: f64,
    },
    /// A text that is typed where the focus is.
    Text {
        /// What is typed; it is written nowhere.
        #[schemars(with = "String")]
        text: Secret,
    },
    /// A key.
    Key {
        /// Its name, such as `Enter`.
        key: String,
    },
    /// A turn of the wheel.
    Scroll {
        /// From the left.
        x: f64,
        /// From the top.
        y: f64,
        /// How far down; up if it is negative.
        down: f64,
    },
    /// To the page before.
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
