//! `GET /sessions` and `GET /sessions/{portal}/{name}`: the logged-in sessions, and what happened to them.

mod history;
mod show;
mod table;

use axum::extract::State;
use maud::html;

pub(super) use self::{show::show, table::table};
use super::{
    frame::{Frame, Part},
    problem::Page,
    visitor::Visitor,
};
use crate::http::{ApiState, sessions as all_sessions};

/// All of them.
pub(super) async fn list(State(state): State<ApiState>, visitor: Visitor) -> Page {
    let sessions = all_sessions(&state).await?;
    let frame = Frame {
        title: "Sessions",
        part: Part::Sessions,
        visitor: &visitor,
        done: None,
    };
    let content = html! {
        section.sheet #sessions data-live aria-label="Sessions" {
            (table(&sessions, state.clock.now()))
        }
    };
    Ok(frame.around(&content))
}
