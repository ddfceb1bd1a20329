//! `POST /servers/{id}/{wish}`

use axum::{
    Extension,
    extract::{Path, State},
};

use super::{super::problem::Page, back, no_such_wish};
use crate::{
    access::Caller,
    http::{ApiState, RawPath, node_wishes, path_text},
};

/// Asks the server, and shows all of them.
pub(crate) async fn act(
    state: State<ApiState>,
    caller: Extension<Caller>,
    path: RawPath<(String, String)>,
) -> Page {
    let (id, wish) = path_text(path)?;
    let path = Ok(Path(id));
    match wish.as_str() {
        "drain" => node_wishes::drain(state, caller, path).await.map(drop),
        "resume" => node_wishes::resume(state, caller, path).await.map(drop),
        _ => Err(no_such_wish()),
    }?;
    Ok(back("/servers", &wish))
}
