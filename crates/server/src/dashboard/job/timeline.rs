//! What happened to a job, newest last.

use formhand_domain::Status;
use formhand_store::AuditEntry;
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    super::{time, words},
    evidence,
};
use crate::http::{FileView, writer_name};

/// The audit of the job.
pub(super) fn sheet(history: &[AuditEntry], kept: &[FileView], now: Timestamp) -> Markup {
    html! {
        section.sheet aria-labelledby="timeline-title" {
            h2 #timeline-title { "Timeline" }
            ol.timeline {
                @for (entry, before) in history.iter().zip(befores(history)) {
                    (happening(entry, before, kept, now))
                }
            }
        }
    }
}

fn happening(
    entry: &AuditEntry,
    before: Option<Timestamp>,
    kept: &[FileView],
    now: Timestamp,
) -> Markup {
    let is_bad = entry.failure.is_some();
    html! {
        li data-key=(entry.seq) data-tone=[is_bad.then_some("bad")] {
            b { (told(entry)) }
            div.quiet.small {
                (time::age(entry.at, now))
                @if let Some(before) = before {
                    ", after " (time::span(entry.at.duration_since(before)))
                }
                ", by " (writer_name(&entry.writer))
                @if entry.attempt > 0 { ", attempt " (entry.attempt) }
            }
            @if let Some(note) = &entry.note { p { (note) } }
            @if let Some(failure) = &entry.failure {
                p.words { (failure.message) }
                @for file in failure.evidence.iter().filter_map(|path| evidence::find(kept, path)) {
                    a.small href=(file.address) { (evidence::name(file)) } " "
                }
            }
        }
    }
}

/// When what was before each entry happened.
fn befores(history: &[AuditEntry]) -> impl Iterator<Item = Option<Timestamp>> {
    std::iter::once(None).chain(history.iter().map(|entry| Some(entry.at)))
}

/// An event in words.
fn told(entry: &AuditEntry) -> String {
    let words = match entry.event.as_str() {
        "submit" => match entry.to {
            Status::FailedValidation => "Refused: the record breaks the flow's rules",
            Status::FailedDuplicate => "Refused: another job has the same business key",
            _ => "Handed in",
        },
        "claim" => "A server began to work on it",
        "enter_form" => "The form was opened",
        "restart" => "The session was stale: a fresh one, same attempt",
        "arm" => "Ready to submit",
        "disarm" => "The click sent nothing: not submitted",
        "cross" => "The form was sent",
        "receive" => "The portal gave its receipt",
        "reject" => "The portal refused the form",
        "complete" => "Done",
        "fail" => "The attempt failed",
        "release" => "Given back unspent",
        "lease_ended" => "Its server was lost",
        "hold" => "Held",
        "unhold" => "Let go on",
        "cancel" => "Cancelled",
        "retry" => "Another attempt was asked for",
        "search" => "The portal is searched for it",
        "search_ended" => "The search has not settled it",
        "verify" => "A search was asked for",
        "settle_submitted" => "Settled: it was filed",
        "settle_not_submitted" => "Settled: it was not filed",
        "take_over" => "A person took the page over",
        "hand_back" => "The page was handed back",
        "give_up" => "A person gave up the attempt, unspent",
        "forget" => "The record is no longer kept",
        other => return words::plain(other),
    };
    words.to_owned()
}
