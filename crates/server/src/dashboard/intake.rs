//! `GET /intake`: the collections that records are taken from.

use axum::extract::State;
use maud::{Markup, html};

use super::{
    frame::{Frame, Part},
    problem::Page,
    time,
    visitor::Visitor,
};
use crate::http::{ApiState, SourceView, TroubleView, sources};

/// All of them.
pub(super) async fn list(State(state): State<ApiState>, visitor: Visitor) -> Page {
    let sources = sources(&state).await?;
    let frame = Frame {
        title: "Intake",
        part: Part::Intake,
        visitor: &visitor,
        done: None,
    };
    let content = html! {
        section.sheet #sources data-live aria-label="Sources" {
            @if sources.is_empty() {
                p.quiet { "No collection is watched. Records come over the API and the command line." }
            }
            @for source in &sources { (shown(source)) }
        }
    };
    Ok(frame.around(&content))
}

fn shown(source: &SourceView) -> Markup {
    let tone = match source.state.as_str() {
        "watching" => "good",
        "scanning" => "works",
        "failing" => "bad",
        _ => "ended",
    };
    html! {
        h2 { (source.name) " " span.badge data-tone=(tone) { (source.state) } }
        (trouble("It cannot be watched", source.trouble.as_ref()))
        (trouble("Its documents cannot be told of their jobs", source.telling_trouble.as_ref()))
        dl.facts {
            @if let Some(collection) = &source.collection { dt { "Collection" } dd.code { (collection) } }
            @if let Some(node) = &source.node { dt { "Watched by" } dd { (node) } }
            @if let Some(at) = source.read_to { dt { "Read up to" } dd { (time::moment(at)) } }
            dt { "Jobs" }
            dd { (source.taken) ", of them " (source.invalid) " invalid and " (source.duplicates) " duplicates" }
            dt { "In quarantine" }
            dd {
                (source.quarantined)
                @if source.quarantined > 0 {
                    span.quiet.small { " (" code { "formhand intake quarantine " (source.name) } " says why)" }
                }
            }
        }
    }
}

fn trouble(what: &str, trouble: Option<&TroubleView>) -> Markup {
    html! {
        @if let Some(trouble) = trouble {
            p.words { (what) ": " (trouble.text) " (since " (time::moment(trouble.since)) ")" }
        }
    }
}
