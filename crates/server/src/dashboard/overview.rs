//! `GET /`: what there is, and what waits for somebody.

use axum::extract::State;
use formhand_domain::Status;
use formhand_store::Stats;
use maud::{Markup, html};

use super::{
    frame::{Frame, Part},
    problem::Page,
    sessions,
    visitor::Visitor,
    words,
};
use crate::http::{ApiState, NodeView, SessionView, alerts, nodes, sessions as all_sessions};

/// The overview.
pub(super) async fn show(State(state): State<ApiState>, visitor: Visitor) -> Page {
    let jobs = state.store.stats().await?;
    let questions = state.store.open_questions(state.clock.now()).await?.len();
    let sessions = all_sessions(&state).await?;
    let nodes = nodes(&state).await?;
    let known = alerts(&state).await?.alerts;
    let firing = known.iter().filter(|alert| alert.state == "firing").count() as u64;
    let frame = Frame {
        title: "Overview",
        part: Part::Overview,
        visitor: &visitor,
        done: None,
    };
    let content = html! {
        div #overview data-live {
            (waiting(&jobs, questions, &sessions, &nodes, firing))
            (counts(&jobs))
            section.sheet aria-labelledby="sessions-title" {
                h2 #sessions-title { "Sessions" }
                (sessions::table(&sessions, state.clock.now()))
            }
        }
    };
    Ok(frame.around(&content))
}

/// What somebody has to do.
fn waiting(
    jobs: &Stats,
    questions: usize,
    sessions: &[SessionView],
    nodes: &[NodeView],
    firing: u64,
) -> Markup {
    let reviews = count(jobs, Status::NeedsReview);
    let persons = sessions
        .iter()
        .filter(|session| session.state == "needs_human");
    let silent = nodes.iter().filter(|node| node.state == "silent");
    let items = [
        (
            reviews,
            "/jobs?status=needs_review",
            "jobs of which nobody knows whether they were filed",
        ),
        (
            questions as u64,
            "/questions",
            "questions of portals, such as captchas",
        ),
        (
            persons.count() as u64,
            "/sessions",
            "accounts that only a person can help",
        ),
        (silent.count() as u64, "/servers", "servers that are silent"),
        (firing, "/alerts", "alerts that fire"),
    ];
    html! {
        section.sheet aria-labelledby="waiting-title" {
            h2 #waiting-title { "Waiting for a person" }
            @if items.iter().all(|(number, ..)| *number == 0) {
                p.quiet { "Nothing." }
            } @else {
                ul {
                    @for (number, address, what) in items {
                        @if number > 0 {
                            li { a href=(address) { b { (number) } " " (what) } }
                        }
                    }
                }
            }
        }
    }
}

fn counts(jobs: &Stats) -> Markup {
    html! {
        ul.figures aria-label="Jobs by status" {
            li { div { b { (percent(jobs.success_rate())) } span { "of ended jobs were filed" } } }
            li { a href="/jobs" { b { (jobs.total()) } span { "jobs in all" } } }
            @for status in Status::ALL {
                @let number = count(jobs, *status);
                li {
                    a href={ "/jobs?status=" (status.as_str()) } {
                        b { (number) }
                        (words::status(*status, false))
                    }
                }
            }
        }
    }
}

/// A share as a person reads it.
pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or("–".to_owned(), |share| format!("{:.1} %", share * 100.0))
}

fn count(jobs: &Stats, status: Status) -> u64 {
    jobs.by_status.get(&status).copied().unwrap_or(0)
}
