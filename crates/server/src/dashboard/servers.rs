//! `GET /servers`: the servers that work on the store.

use axum::extract::State;
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    act,
    confirm::confirmed,
    frame::{Frame, Part},
    job::hidden,
    problem::Page,
    time,
    visitor::Visitor,
    words,
};
use crate::http::{ApiState, NodeView, Query, nodes};

/// All of them.
pub(super) async fn list(State(state): State<ApiState>, visitor: Visitor, query: Query) -> Page {
    let query = query.only(&["done"])?;
    let nodes = nodes(&state).await?;
    let now = state.clock.now();
    let frame = Frame {
        title: "Servers",
        part: Part::Servers,
        visitor: &visitor,
        done: query.one("done")?.and_then(act::said),
    };
    let content = html! {
        section.sheet #servers data-live aria-label="Servers" {
            div.wide {
                table.cards {
                    thead {
                        tr {
                            th scope="col" { "Server" }
                            th scope="col" { "State" }
                            th.number scope="col" { "At work" }
                            th scope="col" { "Version" }
                            th scope="col" { "Started" }
                            th scope="col" { "Seen" }
                            @if visitor.administers() { th scope="col" { "Action" } }
                        }
                    }
                    tbody { @for node in &nodes { (row(node, &visitor, now)) } }
                }
            }
        }
    };
    Ok(frame.around(&content))
}

fn row(node: &NodeView, visitor: &Visitor, now: Timestamp) -> Markup {
    let drains = node.state == "draining" || node.state == "drained";
    let (wish, words) = if drains {
        ("resume", "Let it work")
    } else {
        ("drain", "Drain")
    };
    html! {
        tr data-key=(node.id) {
            th scope="row" { (node.id) }
            td data-name="State" { (words::server(&node.state)) }
            td.number data-name="At work" { (node.at_work) " of " (node.workers) }
            td data-name="Version" { (node.version) " (schema " (node.schema) ")" }
            td data-name="Started" { (time::age(node.started_at, now)) }
            td data-name="Seen" { (time::age(node.seen_at, now)) }
            @if visitor.administers() {
                td data-name="Action" {
                    form method="post" action={ "/servers/" (node.id) "/" (wish) } {
                        (hidden(visitor))
                        @if drains {
                            button type="submit" { (words) }
                        } @else {
                            (confirmed(words, &html! { p { "It takes no more jobs and hands its sessions over." } }, "Drain the server"))
                        }
                    }
                }
            }
        }
    }
}
