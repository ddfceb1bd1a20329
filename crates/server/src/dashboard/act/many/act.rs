//! What became of each job.

use axum::{Extension, body::Bytes, extract::State};
use maud::{Markup, html};

use super::{
    super::{
        super::{
            frame::{Frame, Part},
            job::hidden,
            problem::Page,
            visitor::Visitor,
        },
        form::Fields,
    },
    chosen::Chosen,
    wish::{Wish, jobs},
};
use crate::access::Caller;
use crate::http::{ApiState, ManyReport, RawPath, ResultOfJob, many_wishes, path_text};

/// Does it, and tells of each job that refused.
pub(in super::super::super) async fn act(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    visitor: Visitor,
    path: RawPath<String>,
    bytes: Bytes,
) -> Page {
    let wish = Wish::named(&path_text(path)?)?;
    let fields = Fields::read(&bytes);
    let chosen = Chosen::read(&fields)?;
    let body = chosen.body(fields.get("reason"));
    let (state, caller) = (State(state), Extension(caller));
    let report = match wish {
        Wish::Hold => many_wishes::hold(state, caller, body).await,
        Wish::Release => many_wishes::release(state, caller, body).await,
        Wish::Retry => many_wishes::retry(state, caller, body).await,
        Wish::Cancel => many_wishes::cancel(state, caller, body).await,
    }?
    .0;
    let query = match &chosen {
        Chosen::These(_) => "",
        Chosen::Fitting { query, .. } => query,
    };
    let frame = Frame {
        title: "Jobs",
        part: Part::Jobs,
        visitor: &visitor,
        done: None,
    };
    Ok(frame.around(&html! {
        p.done role="status" { (count(report.done, wish)) }
        @if let Some(next) = report.next { (go_on(wish, query, &next.to_string(), fields.get("reason"), &visitor)) }
        @if report.refused > 0 { (refused(&report)) }
        p { a.button href={ "/jobs?" (query) } { "To the jobs" } }
    }))
}

fn count(done: usize, wish: Wish) -> String {
    let are = if done == 1 { "is" } else { "are" };
    format!("{} {are} {}.", jobs(done as u64), wish.done())
}

/// One request touches only so many.
fn go_on(wish: Wish, query: &str, next: &str, reason: Option<&str>, visitor: &Visitor) -> Markup {
    let rest = Chosen::Fitting {
        query: query.to_owned(),
        expected: None,
        cursor: Some(next.to_owned()),
    };
    html! {
        form.wishes method="post" action={ "/jobs/many/" (wish.name()) } {
            (hidden(visitor))
            (rest.hidden())
            @if let Some(reason) = reason { input type="hidden" name="reason" value=(reason); }
            p { "There are more that fit." }
            button.first type="submit" { "Go on with them" }
        }
    }
}

fn refused(report: &ManyReport) -> Markup {
    let refused = report.results.iter();
    let refused = refused.filter_map(|one| Some((one, one.problem.as_ref()?)));
    html! {
        section.sheet aria-labelledby="refused-title" {
            h2 #refused-title { (jobs(report.refused as u64)) " stayed as before" }
            ul {
                @for (ResultOfJob { id, .. }, problem) in refused {
                    li { a href={ "/jobs/" (id) } { (id) } ": " (problem.detail) }
                }
            }
        }
    }
}
