//! `POST /sessions/{portal}/{name}/{wish}`

use axum::{
    Extension,
    extract::{Path, State},
};

use super::{super::problem::Page, back, no_such_wish};
use crate::{
    access::Caller,
    http::{ApiState, RawPath, path_text, session_wishes},
};

/// Notes the wish, and shows the session.
pub(crate) async fn act(
    state: State<ApiState>,
    caller: Extension<Caller>,
    path: RawPath<(String, String, String)>,
) -> Page {
    let (portal, name, wish) = path_text(path)?;
    let page = format!("/sessions/{portal}/{name}");
    let path = Ok(Path((portal, name)));
    let noted = match wish.as_str() {
        "recover" => session_wishes::recover(state, caller, path).await,
        "login" => session_wishes::login(state, caller, path).await,
        "logout" => session_wishes::logout(state, caller, path).await,
        _ => Err(no_such_wish()),
    };
    noted.map(drop)?;
    Ok(back(&page, &wish))
}

/// `POST /sessions/{portal}/{name}/forgive`: tries the credentials again, which a portal may answer with a lock.
pub(crate) async fn forgive(
    state: State<ApiState>,
    caller: Extension<Caller>,
    path: RawPath<(String, String)>,
) -> Page {
    let (portal, name) = path_text(path)?;
    let page = format!("/sessions/{portal}/{name}");
    let path = Ok(Path((portal, name)));
    let forgiven = session_wishes::forgive(state, caller, path).await;
    forgiven.map(drop)?;
    Ok(back(&page, "forgive"))
}
