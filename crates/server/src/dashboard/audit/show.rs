//! `GET /audit`: a page of the audit, newest first.

use axum::extract::State;
use maud::html;

use super::{
    super::{
        act,
        frame::{Frame, Part},
        problem::Page,
        visitor::Visitor,
    },
    proof::proof,
    row::row,
};
use crate::http::{ApiState, Query, audit_head};

/// Numbers of a page.
const NUMBERS: u32 = 100;

/// What happened, newest first, and how the last proof ended.
pub(in crate::dashboard) async fn show(
    State(state): State<ApiState>,
    visitor: Visitor,
    query: Query,
) -> Page {
    let query = query.only(&["before", "done"])?;
    let head = audit_head(&state).await?;
    let before = query.seq("before")?.unwrap_or(head.seq.saturating_add(1));
    // Numbers have no gaps but where jobs were removed before there was a chain, so the newest ones are the last numbers.
    let after = before.saturating_sub(u64::from(NUMBERS) + 1);
    let mut entries = state.store.links(after, NUMBERS).await?;
    entries.retain(|entry| entry.seq < before);
    let now = state.clock.now();
    let frame = Frame {
        title: "Audit",
        part: Part::Audit,
        visitor: &visitor,
        done: query.one("done")?.and_then(act::said),
    };
    let content = html! {
        (proof(&head, &visitor, now))
        section.sheet #audit data-live aria-label="What happened" {
            div.wide {
                table.cards {
                    caption { "Every change of every job, and what was done beside, newest first" }
                    thead {
                        tr {
                            th.number scope="col" { "Number" }
                            th scope="col" { "When" }
                            th scope="col" { "To what" }
                            th scope="col" { "What" }
                            th scope="col" { "By" }
                            th scope="col" { "After it" }
                        }
                    }
                    tbody { @for entry in entries.iter().rev() { (row(entry, now)) } }
                }
            }
            @if after > 0 {
                nav.wishes aria-label="Pages" { a.button rel="next" href={ "/audit?before=" (after + 1) } { "Older" } }
            }
        }
    };
    Ok(frame.around(&content))
}
