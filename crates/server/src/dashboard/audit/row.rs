//! One entry.

use formhand_domain::{JobId, Writer};
use formhand_store::{Act, AuditEntry, Content, Deed, Kept, Link};
use jiff::Timestamp;
use maud::{Markup, html};

use super::super::{time, words};
use crate::http::writer_name;

/// A row of the table.
pub(super) fn row(entry: &Link, now: Timestamp) -> Markup {
    let said = match &entry.kept {
        Kept::Whole {
            content: Content::Job(entry),
            ..
        } => of_job(entry, now),
        Kept::Whole {
            content: Content::Act(act),
            ..
        } => of_act(act, now),
        Kept::Removed => words_alone("It went with its job, which was removed as it was old"),
        Kept::Unreadable | Kept::Whole { .. } => words_alone("It cannot be read"),
    };
    html! {
        tr data-key=(entry.seq) {
            td.number data-name="Number" { (entry.seq) }
            (said)
        }
    }
}

fn of_job(entry: &AuditEntry, now: Timestamp) -> Markup {
    html! {
        (when(entry.at, now))
        td data-name="To what" { (job_link(entry.job)) }
        td data-name="What" { (words::plain(&entry.event)) }
        (by(&entry.writer))
        td data-name="After it" { (words::status(entry.to, false)) }
    }
}

fn of_act(act: &Act, now: Timestamp) -> Markup {
    html! {
        (when(act.at, now))
        td data-name="To what" {
            // A job that was removed has no page.
            @match &act.deed {
                Deed::RemoveJob { job, .. } => span.code { (job) },
                deed => (deed.about()),
            }
        }
        td data-name="What" { (words::plain(act.deed.name())) }
        (by(&act.writer))
        td data-name="After it" { @if let Some(detail) = act.deed.detail() { (after(&act.deed, &detail)) } }
    }
}

fn after(deed: &Deed, detail: &str) -> String {
    match deed {
        Deed::BeginChain { .. } => format!("{detail} entries were there before"),
        Deed::RemoveJob { .. } => format!("entries {detail} are empty"),
        Deed::Silence { until, .. } => format!("until {until:.0}"),
        _ => detail.to_owned(),
    }
}

fn words_alone(words: &str) -> Markup {
    html! {
        td data-name="When" {}
        td data-name="To what" {}
        td.quiet data-name="What" { (words) }
        td data-name="By" {}
        td data-name="After it" {}
    }
}

fn when(at: Timestamp, now: Timestamp) -> Markup {
    html! { td data-name="When" { (time::age(at, now)) } }
}

fn job_link(job: JobId) -> Markup {
    html! { a.code href={ "/jobs/" (job) } { (job) } }
}

fn by(writer: &Writer) -> Markup {
    html! { td data-name="By" { (writer_name(writer)) } }
}
