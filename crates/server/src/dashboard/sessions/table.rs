//! The table of sessions.

use jiff::Timestamp;
use maud::{Markup, html};

use super::super::{time, words};
use crate::http::SessionView;

/// The sessions, one a row.
pub(crate) fn table(sessions: &[SessionView], now: Timestamp) -> Markup {
    html! {
        @if sessions.is_empty() {
            p.quiet { "The configuration has no account." }
        } @else {
            div.wide {
                table.cards {
                    thead {
                        tr {
                            th scope="col" { "Account" }
                            th scope="col" { "State" }
                            th scope="col" { "Since" }
                            th scope="col" { "Last seen alive" }
                            th.number scope="col" { "Generation" }
                            th scope="col" { "Last recovery" }
                        }
                    }
                    tbody { @for session in sessions { (row(session, now)) } }
                }
            }
        }
    }
}

fn row(session: &SessionView, now: Timestamp) -> Markup {
    html! {
        tr data-key={ (session.portal) "/" (session.name) } {
            th scope="row" {
                a href={ "/sessions/" (session.portal) "/" (session.name) } { (session.portal) " / " (session.name) }
            }
            td data-name="State" {
                div {
                    (words::session(&session.state))
                    @if let Some(reason) = &session.reason { div.small { (reason) } }
                }
            }
            td data-name="Since" { @if let Some(at) = session.since { (time::age(at, now)) } }
            td data-name="Seen alive" { @if let Some(at) = session.validated_at { (time::age(at, now)) } }
            td.number data-name="Generation" { (session.generation.0) }
            td data-name="Recovery" {
                @if let Some(last) = &session.last_recovery {
                    div {
                        (words::plain(last.verdict.as_str()))
                        div.quiet.small { (time::age(last.at, now)) ", took " (time::milliseconds(last.duration_ms)) }
                    }
                }
            }
        }
    }
}
