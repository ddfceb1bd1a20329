//! `GET /jobs/{id}`: one job, its story, its proof, and what can be done now.

mod evidence;
mod facts;
mod timeline;
mod wishes;

pub(super) use self::wishes::hidden;
use axum::extract::State;
use maud::html;

use super::{
    act,
    frame::{Frame, Part},
    jobs::named,
    problem::Page,
    visitor::Visitor,
};
use crate::http::{
    ApiState, HISTORY_LIMIT, JobView, Query, RawPath, evidence_files, find_job, job_id,
};

/// The page of a job.
pub(super) async fn show(
    State(state): State<ApiState>,
    visitor: Visitor,
    path: RawPath<String>,
    query: Query,
) -> Page {
    let query = query.only(&["done"])?;
    let job = find_job(&state, job_id(path)?).await?;
    let history = state.store.history(job.id, HISTORY_LIMIT).await?;
    // A folder that cannot be read hides its files, never the job.
    let kept = evidence_files(&state, job.id)
        .await
        .unwrap_or_else(|error| {
            tracing::warn!(job = %job.id, %error, "the evidence folder cannot be read");
            Vec::new()
        });
    let view = JobView::brief(&job);
    let now = state.clock.now();
    let frame = Frame {
        title: named(&view),
        part: Part::Jobs,
        visitor: &visitor,
        done: query.one("done")?.and_then(act::said),
    };
    let content = html! {
        div #job data-live data-job=(job.id) {
            (facts::sheet(&view, now))
            (facts::trouble(&view, now))
            (facts::sight(&view, visitor.acts()))
            @if visitor.acts() { (wishes::sheet(&job, &view, state.flow_of(&job), &visitor, now)) }
            (timeline::sheet(&history, &kept, now))
            (evidence::sheet(&kept))
        }
    };
    Ok(frame.around(&content))
}
