//! How far the audit is, and whether it holds.

use jiff::Timestamp;
use maud::{Markup, html};

use super::super::{job::hidden, time, visitor::Visitor};
use crate::http::HeadView;

/// The head, what the last proof came to, and the wish for another one.
pub(super) fn proof(head: &HeadView, visitor: &Visitor, now: Timestamp) -> Markup {
    let link = head.link.as_deref().unwrap_or("nothing yet");
    html! {
        section.sheet aria-label="Proof of the audit" {
            dl.facts #proof data-live {
                dt { "Head" }
                dd.code { (head.seq) ":" (link) }
                dt { "Last proof" }
                dd { (last(head, now)) }
            }
            @if visitor.acts() {
                form.wishes method="post" action="/audit/prove" {
                    (hidden(visitor))
                    button type="submit" { "Prove it now" }
                }
            }
        }
    }
}

fn last(head: &HeadView, now: Timestamp) -> Markup {
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
