//! A take-over as the API shows it.

use formhand_domain::{Job, NodeId};
use formhand_engine::{Held, TakeOverState};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::{ApiState, openapi::Time};

/// The take-over of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "TakeOver")]
pub(crate) struct TakeOverView {
    /// How it stands.
    pub(crate) state: Stands,
    /// The server that works on the job, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) server: Option<NodeId>,
    /// Who has the page, or has asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Time>")]
    pub(crate) since: Option<Timestamp>,
    /// When it ends if nothing more is done; or when the waiting for a person ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Time>")]
    pub(crate) idle_ends_at: Option<Timestamp>,
    /// When it ends whatever is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Time>")]
    pub(crate) ends_at: Option<Timestamp>,
    /// The step that comes next, or that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) step: Option<String>,
    /// What went wrong with it, if it was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<String>,
    /// How much was done.
    #[serde(default)]
    pub(crate) act_count: u32,
    /// What was refused meanwhile, newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) refused: Vec<String>,
}

/// How a take-over stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TakeOverState")]
pub(crate) enum Stands {
    /// No browser of this server fills the form now.
    NotHere,
    /// Nobody has asked for the page.
    Free,
    /// Somebody has asked; the steps halt at the next safe place.
    Asked,
    /// A step failed and waits for a person.
    Waiting,
    /// A person has it.
    Held,
    /// The form is being submitted, or was.
    TooLate,
}

/// How the take-over of a job stands, as this server knows it.
pub(crate) fn view(state: &ApiState, job: &Job) -> TakeOverView {
    let nothing = TakeOverView {
        state: Stands::NotHere,
        server: job.lease().map(|lease| lease.owner.clone()),
        by: None,
        since: None,
        idle_ends_at: None,
        ends_at: None,
        step: None,
        failure: None,
        act_count: 0,
        refused: Vec::new(),
    };
    let Some(stands) = state.take_overs.state(job.id) else {
        // Another server's: what the store knows of it.
        let holder = job.taken_over();
        return TakeOverView {
            by: holder.map(|holder| holder.by.clone()),
            since: holder.map(|holder| holder.since),
            ..nothing
        };
    };
    match stands {
        TakeOverState::Free => with(nothing, Stands::Free),
        TakeOverState::TooLate => with(nothing, Stands::TooLate),
        TakeOverState::Asked { by, at } => TakeOverView {
            by: Some(by),
            since: Some(at),
            ..with(nothing, Stands::Asked)
        },
        TakeOverState::Waiting {
            step,
            failure,
            until,
        } => TakeOverView {
            step: Some(step),
            failure: Some(failure),
            idle_ends_at: Some(until),
            ..with(nothing, Stands::Waiting)
        },
        TakeOverState::Held(held) => held_by(held, nothing),
    }
}

fn with(view: TakeOverView, state: Stands) -> TakeOverView {
    TakeOverView { state, ..view }
}

fn held_by(held: Held, view: TakeOverView) -> TakeOverView {
    TakeOverView {
        by: Some(held.by),
        since: Some(held.since),
        idle_ends_at: Some(held.idle_ends_at),
        ends_at: Some(held.ends_at),
        step: Some(held.step),
        failure: held.failure,
        act_count: held.act_count,
        refused: held.refused,
        ..with(view, Stands::Held)
    }
}
