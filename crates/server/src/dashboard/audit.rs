//! `GET /audit`: who did what to which job.

use axum::extract::State;
use formhand_store::AuditEntry;
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    frame::{Frame, Part},
    problem::Page,
    time,
    visitor::Visitor,
    words,
};
use crate::http::{ApiState, HeadView, Query, audit_head, writer_name};

/// Entries of a page.
const LIMIT: u32 = 100;

/// A page of the audit, newest first.
pub(super) async fn show(State(state): State<ApiState>, visitor: Visitor, query: Query) -> Page {
    let query = query.only(&["before"])?;
    let before = query.seq("before")?;
    let entries = state.store.audit_before(before, LIMIT).await?;
    let now = state.clock.now();
    let frame = Frame {
        title: "Audit",
        part: Part::Audit,
        visitor: &visitor,
        done: None,
    };
    let is_full = entries.len() == LIMIT as usize;
    let proof = proof(&audit_head(&state).await?, now);
    let content = html! {
        (proof)
        section.sheet #audit data-live aria-label="Changes of jobs" {
            div.wide {
                table.cards {
                    caption { "Every change of every job, newest first" }
                    thead {
                        tr {
                            th.number scope="col" { "Number" }
                            th scope="col" { "When" }
                            th scope="col" { "Job" }
                            th scope="col" { "What" }
                            th scope="col" { "By" }
                            th scope="col" { "Status after it" }
                        }
                    }
                    tbody { @for entry in &entries { (row(entry, now)) } }
                }
            }
            @if let Some(last) = entries.last().filter(|_| is_full) {
                nav.wishes aria-label="Pages" { a.button rel="next" href={ "/audit?before=" (last.seq) } { "Older" } }
            }
        }
    };
    Ok(frame.around(&content))
}

/// How far the audit is, and what its last proof came to.
fn proof(head: &HeadView, now: Timestamp) -> Markup {
    let link = head.link.as_deref().unwrap_or("nothing yet");
    html! {
        section.sheet #proof data-live aria-label="Proof of the audit" {
            dl.facts {
                dt { "Head" }
                dd.code { (head.seq) ":" (link) }
                dt { "Last proof" }
                dd { (last_proof(head, now)) }
            }
        }
    }
}

fn last_proof(head: &HeadView, now: Timestamp) -> Markup {
    html! {
        @match &head.verdict {
            None => "none yet",
            Some(verdict) => {
                @match &verdict.broken {
                    None => { "holds, " (verdict.entries) " entries" }
                    Some(broken) => { strong { (broken.message) } }
                }
                ", " (time::age(verdict.at, now))
            }
        }
        @if head.proving { "; it is being proved at present" }
    }
}

fn row(entry: &AuditEntry, now: Timestamp) -> Markup {
    html! {
        tr data-key=(entry.seq) {
            td.number data-name="Number" { (entry.seq) }
            td data-name="When" { (time::age(entry.at, now)) }
            td data-name="Job" { a.code href={ "/jobs/" (entry.job) } { (entry.job) } }
            td data-name="What" { (words::plain(&entry.event)) }
            td data-name="By" { (writer_name(&entry.writer)) }
            td data-name="After it" { (words::status(entry.to, false)) }
        }
    }
}
