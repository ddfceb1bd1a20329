//! The table of contents, and what each route asks of its caller.
//!
//! Reading is for viewers, the daily work for operators. Only an admin does what can lock an account at its portal
//! (forgive), what takes a server out of the work (drain, resume), what has a webhook told again that wanted nothing any more
//! (enable), and what forgets records for good (drop). Settling an unknown outcome is daily work: it needs what the portal
//! shows, a reason and the job's fencing token, and is audited under the name of who did it.

use std::time::Duration;

use super::{
    ApiState,
    Need::Everyone,
    Problem, act_on_job, answer_question, audit_head, body, drain_node, drop_quarantine, events,
    evidence_file, forgive_account, guard, headers, health, host, job_sight, job_status,
    list_accounts, list_alerts, list_audit, list_evidence, list_jobs, list_nodes, list_quarantine,
    list_questions, list_sessions, list_silences, list_sources, log, login, many, measure, openapi,
    outcomes, question_picture, recovery_history, resolve_job, retry_quarantine,
    routes::{Route, Routes},
    session_status, show_browsers, show_job, show_metrics, show_session, show_source,
    silence_alerts, stats, submit_jobs, take_over, test_alerts, uniform, unsilence_alerts,
    verify_audit, verify_job, webhook, wish_session,
};
use crate::{
    access::Role::{Admin, Operator, Viewer},
    dashboard,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state, map_response},
};

/// An answer that a store on a busy disk has not given by then is not worth waiting for.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A file of ten thousand records takes a while to become durable, record by record.
const SUBMIT_TIMEOUT: Duration = Duration::from_mins(5);

/// All routes with all that stands before them.
pub fn router(state: ApiState) -> Router {
    let (routes, table) = routes().split();
    let limits = state.limits;
    let guard = guard::Guard {
        state: state.clone(),
        table,
    };
    routes
        .fallback(async || Problem::no_such_route())
        .layer(DefaultBodyLimit::max(body::LIMIT_BYTES))
        .layer(from_fn(openapi::strict))
        .layer(from_fn_with_state(guard, guard::check))
        .layer(from_fn_with_state(state.clone(), host::check))
        .layer(from_fn_with_state(limits, body::limit))
        .layer(map_response(uniform::as_problem))
        .layer(from_fn(dashboard::for_people))
        .layer(map_response(headers::strict))
        .layer(from_fn(log::request))
        .layer(from_fn_with_state(state.metrics.clone(), measure::request))
        .with_state(state)
}

/// Every way in, and who may take it.
pub fn table() -> Vec<Route> {
    routes().table()
}

fn routes() -> Routes {
    let quick = probes()
        .merge(login::routes())
        .merge(jobs())
        .merge(evidence())
        .merge(questions())
        .merge(servers())
        .merge(sessions())
        .merge(intake())
        .merge(alerts())
        .merge(audit())
        .merge(description())
        .merge(webhook::routes())
        .merge(dashboard::pages())
        .within(TIMEOUT);
    let slow = Routes::new()
        .post("/api/jobs", Operator, submit_jobs::submit)
        .post("/api/jobs/retry", Operator, many::retry)
        .post("/api/jobs/resolve", Operator, many::resolve)
        .post("/api/jobs/cancel", Operator, many::cancel)
        .post("/api/jobs/hold", Operator, many::hold)
        .post("/api/jobs/release", Operator, many::release)
        .within(SUBMIT_TIMEOUT);
    let endless = Routes::new().get("/api/events", Viewer, events::follow);
    quick.merge(slow).merge(endless)
}

fn probes() -> Routes {
    Routes::new()
        .get("/livez", Everyone, health::livez)
        .get("/readyz", Everyone, health::readyz)
        .get("/metrics", Viewer, show_metrics::show)
}

/// It holds no secret and nothing of this installation, but it names the version, and says to a stranger what to try.
/// Whoever integrates has a token, or prints it by `formhand api`.
fn description() -> Routes {
    Routes::new().get("/api/openapi.json", Viewer, openapi::show)
}

fn evidence() -> Routes {
    let file = "/api/jobs/{id}/evidence/{attempt}/{name}";
    let document = "/api/jobs/{id}/evidence/{attempt}/documents/{name}";
    Routes::new()
        .get("/api/jobs/{id}/evidence", Viewer, list_evidence::list)
        .get(file, Viewer, evidence_file::file)
        .get(document, Viewer, evidence_file::document)
}

#[rustfmt::skip]
fn jobs() -> Routes {
    Routes::new()
        .get("/api/jobs", Viewer, list_jobs::list)
        .get("/api/jobs/stats", Viewer, stats::show)
        .get("/api/jobs/outcomes", Viewer, outcomes::show)
        .get("/api/jobs/{id}", Viewer, show_job::show)
        .get("/api/jobs/{id}/sight", Viewer, job_sight::show)
        .get("/api/jobs/{id}/take-over", Viewer, take_over::show)
        .post("/api/jobs/{id}/take-over", Operator, take_over::ask)
        .post("/api/jobs/{id}/take-over/act", Operator, take_over::act)
        .post("/api/jobs/{id}/take-over/end", Operator, take_over::end)
        .get("/api/job-status/{captchaId}", Viewer, job_status::show)
        .post("/api/jobs/{id}/retry", Operator, act_on_job::retry)
        .post("/api/jobs/{id}/resolve", Operator, resolve_job::resolve)
        .post("/api/jobs/{id}/verify", Operator, verify_job::verify)
        .post("/api/jobs/{id}/cancel", Operator, act_on_job::cancel)
        .post("/api/jobs/{id}/hold", Operator, act_on_job::hold)
        .post("/api/jobs/{id}/release", Operator, act_on_job::release)
}

#[rustfmt::skip]
fn questions() -> Routes {
    Routes::new()
        .get("/api/questions", Viewer, list_questions::list)
        .get("/api/questions/{id}/picture", Viewer, question_picture::show)
        .post("/api/questions/{id}/answer", Operator, answer_question::answer)
}

#[rustfmt::skip]
fn servers() -> Routes {
    Routes::new()
        .get("/api/accounts", Viewer, list_accounts::list)
        .post("/api/accounts/{portal}/{name}/forgive", Admin, forgive_account::forgive)
        .get("/api/browsers", Viewer, show_browsers::show)
        .get("/api/nodes", Viewer, list_nodes::list)
        .post("/api/nodes/{id}/drain", Admin, drain_node::drain)
        .post("/api/nodes/{id}/resume", Admin, drain_node::resume)
}

#[rustfmt::skip]
fn sessions() -> Routes {
    Routes::new()
        .get("/api/sessions", Viewer, list_sessions::list)
        .get("/api/sessions/{portal}/{name}", Viewer, show_session::show)
        .post("/api/sessions/{portal}/{name}/recover", Operator, wish_session::recover)
        .post("/api/sessions/{portal}/{name}/login", Operator, wish_session::login)
        .post("/api/sessions/{portal}/{name}/logout", Operator, wish_session::logout)
        .get("/api/session/status", Viewer, session_status::show)
        .get("/api/session/recovery-history", Viewer, recovery_history::show)
}

#[rustfmt::skip]
fn alerts() -> Routes {
    Routes::new()
        .get("/api/alerts", Viewer, list_alerts::list)
        .post("/api/alerts/test", Operator, test_alerts::test)
        .get("/api/alerts/silences", Viewer, list_silences::list)
        .post("/api/alerts/silences", Operator, silence_alerts::silence)
        .delete("/api/alerts/silences/{id}", Operator, unsilence_alerts::unsilence)
}

fn audit() -> Routes {
    Routes::new()
        .get("/api/audit", Viewer, list_audit::list)
        .get("/api/audit/head", Viewer, audit_head::show)
        .post("/api/audit/verify", Operator, verify_audit::verify)
}

#[rustfmt::skip]
fn intake() -> Routes {
    Routes::new()
        .get("/api/intake", Viewer, list_sources::list)
        .get("/api/intake/{name}", Viewer, show_source::show)
        .get("/api/intake/{name}/quarantine", Viewer, list_quarantine::list)
        .post("/api/intake/{name}/quarantine/retry", Operator, retry_quarantine::retry)
        .post("/api/intake/{name}/quarantine/drop", Admin, drop_quarantine::drop)
}
