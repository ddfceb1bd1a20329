//! The pages for people: operators at work, and whoever is called at night.
//!
//! A page is made on the server from the same views that the API gives, and works without scripts. One small script
//! keeps what is shown as it is on the server. Actions are forms; they do what the API does, by its own functions.
//! Text of records and portals is escaped by the template macro, and the headers let no other script run.

mod act;
mod alerts;
mod analytics;
mod api;
mod assets;
mod audit;
mod confirm;
mod frame;
mod intake;
mod job;
mod jobs;
mod overview;
mod problem;
mod questions;
mod servers;
mod sessions;
mod take_over;
mod time;
mod visitor;
mod webhooks;
mod words;

use crate::{
    access::Role::{Admin, Operator, Viewer},
    http::{Need::Everyone, Routes},
};

pub(crate) use self::problem::for_people;

/// All pages.
#[rustfmt::skip]
pub(crate) fn pages() -> Routes {
    Routes::new()
        .get("/", Viewer, overview::show)
        .get("/jobs", Viewer, jobs::show)
        .get("/jobs/{id}", Viewer, job::show)
        .post("/jobs/many", Operator, act::ask_of_many)
        .post("/jobs/many/{wish}", Operator, act::act_on_many)
        .post("/jobs/{id}/{wish}", Operator, act::job)
        .get("/jobs/{id}/take-over", Viewer, take_over::show)
        .post("/jobs/{id}/take-over/{wish}", Operator, take_over::act)
        .get("/sessions", Viewer, sessions::list)
        .get("/sessions/{portal}/{name}", Viewer, sessions::show)
        .post("/sessions/{portal}/{name}/{wish}", Operator, act::session)
        .get("/questions", Viewer, questions::list)
        .post("/sessions/{portal}/{name}/forgive", Admin, act::forgive)
        .post("/questions/{id}/answer", Operator, act::question)
        .get("/alerts", Viewer, alerts::show)
        .post("/alerts/{wish}", Operator, act::alert)
        .get("/webhooks", Viewer, webhooks::show)
        .post("/webhooks/{name}/{wish}", Operator, act::webhook)
        .post("/webhooks/{name}/enable", Admin, act::enable)
        .get("/analytics", Viewer, analytics::show)
        .get("/audit", Viewer, audit::show)
        .post("/audit/prove", Operator, act::prove)
        .get("/servers", Viewer, servers::list)
        .post("/servers/{id}/{wish}", Admin, act::server)
        .get("/intake", Viewer, intake::list)
        .get("/api/docs", Viewer, api::show)
        .get("/assets/{name}", Everyone, assets::show)
}
