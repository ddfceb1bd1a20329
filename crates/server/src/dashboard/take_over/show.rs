//! `GET /jobs/{id}/take-over`: the page of a job in a person's hands. It works with a keyboard alone, on a phone, and
//! without scripts.

use axum::extract::State;
use maud::{Markup, html};

use super::{
    super::{
        act::said,
        assets,
        frame::{Frame, Part},
        job::hidden,
        jobs::named,
        problem::Page,
        visitor::Visitor,
    },
    hands,
};
use crate::http::{
    ApiState, JobView, Query, RawPath, Stands, TakeOverView, find_job, job_id,
    page_wishes::view as take_over,
};

/// The page of a job in a person's hands.
pub(in super::super) async fn show(
    State(state): State<ApiState>,
    visitor: Visitor,
    path: RawPath<String>,
    query: Query,
) -> Page {
    let query = query.only(&["done"])?;
    let job = find_job(&state, job_id(path)?).await?;
    let (view, now) = (JobView::brief(&job), state.clock.now());
    let stands = take_over(&state, &job);
    let frame = Frame {
        title: &format!("Take over: {}", named(&view)),
        part: Part::Jobs,
        visitor: &visitor,
        done: query.one("done")?.and_then(said),
    };
    let is_theirs = stands.by.as_deref() == Some(visitor.name());
    let content = html! {
        p { a href={ "/jobs/" (view.id) } { "To the job" } }
        p #hands-said role="status" {}
        div #take-over data-live data-job=(view.id) {
            @if stands.state == Stands::Held && is_theirs && visitor.acts() {
                (hands::sheet(&view, &stands, &visitor, now))
            } @else {
                (before(&view, &stands, is_theirs, &visitor))
            }
        }
        script src=(assets::address("take-over.js")) defer {}
    };
    Ok(frame.around(&content))
}

/// As long as the page is not theirs.
fn before(job: &JobView, stands: &TakeOverView, is_theirs: bool, visitor: &Visitor) -> Markup {
    let words = words(job, stands, is_theirs);
    let may_ask = visitor.acts() && matches!(stands.state, Stands::Free | Stands::Waiting);
    html! {
        section.sheet aria-labelledby="stands-title" {
            h2 #stands-title { "The portal's page" }
            p { (words) }
            @if let Some(failure) = &stands.failure { p.words { (went_wrong(stands.step.as_deref(), failure)) } }
            @if may_ask {
                p.quiet {
                    "The steps halt between two of them. Whatever you click, nothing is filed: the form is submitted by the \
                     steps alone, once they have compared it with the record."
                }
                form method="post" action={ "/jobs/" (job.id) "/take-over/ask" } {
                    (hidden(visitor))
                    button.first type="submit" { "Take the page over" }
                }
            }
            @if stands.state == Stands::Asked && is_theirs {
                form method="post" action={ "/jobs/" (job.id) "/take-over/go-on" } {
                    (hidden(visitor))
                    button type="submit" { "Leave it to the steps" }
                }
            }
            @if !matches!(stands.state, Stands::NotHere) {
                div.sight {
                    canvas hidden data-sight={ "/api/jobs/" (job.id) "/sight" } role="img" aria-label="The portal's page" {}
                }
            }
        }
    }
}

/// What went wrong, with the step's name: most failures begin with it by themselves.
pub(super) fn went_wrong(step: Option<&str>, failure: &str) -> String {
    match step {
        Some(step) if !failure.starts_with(step) => format!("{step}: {failure}"),
        _ => failure.to_owned(),
    }
}

fn words(job: &JobView, stands: &TakeOverView, is_theirs: bool) -> String {
    let by = stands.by.as_deref().unwrap_or("somebody");
    match stands.state {
        Stands::NotHere => match &stands.server {
            Some(server) => format!(
                "No browser of this server fills its form now. Server {server} works on the job: look there."
            ),
            None => format!("Nobody works on the job: it is {}.", job.status),
        },
        Stands::Free => "The steps have it.".to_owned(),
        Stands::Waiting => "A step failed and waits for somebody who mends the page.".to_owned(),
        Stands::Asked if is_theirs => {
            "You have asked for it. The steps halt as soon as the one they are at has ended.".to_owned()
        }
        Stands::Asked => format!("{by} has asked for it."),
        Stands::Held => format!("{by} has it."),
        Stands::TooLate => {
            "The form is being submitted, or was: nobody may come between. What became of it is seen on the job's page."
                .to_owned()
        }
    }
}
