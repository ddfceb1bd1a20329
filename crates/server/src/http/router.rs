//! The table of contents.

use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state, map_response},
    routing::{get, post},
};
use tower_http::timeout::TimeoutLayer;

use super::{
    ApiState, Problem, access, act_on_job, answer_question, drain_node, drop_quarantine, events,
    forgive_account, health, host, job_status, list_accounts, list_jobs, list_nodes,
    list_quarantine, list_questions, list_sessions, list_sources, log, question_picture,
    recovery_history, resolve_job, retry_quarantine, session_status, show_job, show_session,
    show_source, stats, submit_jobs, uniform, verify_job, wish_session,
};

/// An answer that a store on a busy disk has not given by then is not worth waiting for.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A file of ten thousand records takes a while to become durable, record by record.
const SUBMIT_TIMEOUT: Duration = Duration::from_mins(5);

/// About twenty thousand records as CSV.
const BODY_LIMIT_BYTES: usize = 16 * 1024 * 1024;

/// All routes with all that stands before them.
pub fn router(state: ApiState) -> Router {
    let timely = |timeout| TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, timeout);
    let quick = Router::new()
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .route("/api/jobs", get(list_jobs::list))
        .route("/api/jobs/stats", get(stats::show))
        .route("/api/jobs/{id}", get(show_job::show))
        .route("/api/jobs/{id}/retry", post(act_on_job::retry))
        .route("/api/jobs/{id}/resolve", post(resolve_job::resolve))
        .route("/api/jobs/{id}/verify", post(verify_job::verify))
        .route("/api/jobs/{id}/cancel", post(act_on_job::cancel))
        .route("/api/jobs/{id}/hold", post(act_on_job::hold))
        .route("/api/jobs/{id}/release", post(act_on_job::release))
        .route("/api/job-status/{captchaId}", get(job_status::show))
        .route("/api/questions", get(list_questions::list))
        .route("/api/questions/{id}/picture", get(question_picture::show))
        .route("/api/questions/{id}/answer", post(answer_question::answer))
        .route("/api/accounts", get(list_accounts::list))
        .route(
            "/api/accounts/{portal}/{name}/forgive",
            post(forgive_account::forgive),
        )
        .route("/api/nodes", get(list_nodes::list))
        .route("/api/nodes/{id}/drain", post(drain_node::drain))
        .route("/api/nodes/{id}/resume", post(drain_node::resume))
        .merge(sessions())
        .merge(intake())
        .layer(timely(TIMEOUT));
    let slow = Router::new()
        .route("/api/jobs", post(submit_jobs::submit))
        .layer(timely(SUBMIT_TIMEOUT));
    let endless = Router::new().route("/api/events", get(events::follow));
    quick
        .merge(slow)
        .merge(endless)
        .fallback(async || Problem::no_such_route())
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .layer(from_fn_with_state(state.clone(), access::check))
        .layer(from_fn_with_state(state.clone(), host::check))
        .layer(map_response(uniform::as_problem))
        .layer(from_fn(log::request))
        .with_state(state)
}

fn sessions() -> Router<ApiState> {
    Router::new()
        .route("/api/sessions", get(list_sessions::list))
        .route("/api/sessions/{portal}/{name}", get(show_session::show))
        .route(
            "/api/sessions/{portal}/{name}/recover",
            post(wish_session::recover),
        )
        .route(
            "/api/sessions/{portal}/{name}/login",
            post(wish_session::login),
        )
        .route(
            "/api/sessions/{portal}/{name}/logout",
            post(wish_session::logout),
        )
        .route("/api/session/status", get(session_status::show))
        .route("/api/session/recovery-history", get(recovery_history::show))
}

fn intake() -> Router<ApiState> {
    Router::new()
        .route("/api/intake", get(list_sources::list))
        .route("/api/intake/{name}", get(show_source::show))
        .route("/api/intake/{name}/quarantine", get(list_quarantine::list))
        .route(
            "/api/intake/{name}/quarantine/retry",
            post(retry_quarantine::retry),
        )
        .route(
            "/api/intake/{name}/quarantine/drop",
            post(drop_quarantine::drop),
        )
}
