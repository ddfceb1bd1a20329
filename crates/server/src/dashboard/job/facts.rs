//! What a job is, where it stands, and what is wrong with it.

use formhand_domain::Status;
use jiff::Timestamp;
use maud::{Markup, html};

use super::super::{time, words};
use crate::http::JobView;

/// What it is and where it stands.
pub(super) fn sheet(job: &JobView, now: Timestamp) -> Markup {
    html! {
        section.sheet aria-label="Where it stands" {
            p {
                (words::status(job.status, job.retry_at.is_some())) " "
                (words::progress(job.stage))
            }
            dl.facts {
                dt { "Outcome" } dd { (words::outcome(job.outcome)) }
                @if let Some(receipt) = &job.receipt {
                    @for (name, number) in &receipt.0 {
                        dt { (name) } dd.code { (number) }
                    }
                }
                dt { "Portal" } dd { (job.portal) ", flow " (job.flow) ", account " (job.account) }
                dt { "Caller's id" } dd.code { (job.captcha_id) }
                @if let Some(key) = &job.business_key { dt { "Business key" } dd.code { (key.as_str()) } }
                dt { "Job" } dd.code { (job.id) }
                dt { "Attempts" } dd { (job.attempts) }
                dt { "Handed in" } dd { (time::moment(job.created_at)) }
                @if let Some(at) = job.finished_at { dt { "Ended" } dd { (time::moment(at)) } }
                @if let Some(at) = job.retry_at { dt { "Next attempt" } dd { (time::age(at, now)) } }
                @if let Some(id) = job.duplicate_of {
                    dt { "Duplicate of" } dd { a href={ "/jobs/" (id) } { (id) } }
                }
                @if let Some(at) = job.forgotten_at {
                    dt { "Record" } dd { "no longer kept, since " (time::moment(at)) }
                }
            }
        }
    }
}

/// What its browser shows, while one works on it. The script draws it; without it there is nothing to see.
pub(super) fn sight(job: &JobView, acts: bool) -> Markup {
    html! {
        @if job.status == Status::Processing {
            section.sheet.sight aria-labelledby="sight-title" {
                h2 #sight-title { "What the browser shows" }
                p.quiet.small { "With personal data painted over, as the server that works on the job sees it." }
                @if let Some(holder) = &job.taken_over { p { (holder.by) " has the page." } }
                @if acts { p { a.button href={ "/jobs/" (job.id) "/take-over" } { "Take the page over" } } }
                canvas hidden data-sight={ "/api/jobs/" (job.id) "/sight" } role="img" aria-label="The portal's page" {}
            }
        }
    }
}

/// What is wrong, in the portal's own words where it had some.
pub(super) fn trouble(job: &JobView, now: Timestamp) -> Markup {
    let Some(failure) = &job.failure else {
        return html! {};
    };
    html! {
        section.sheet aria-labelledby="trouble-title" {
            h2 #trouble-title { "What went wrong" }
            p.words { (failure.message) }
            dl.facts {
                dt { "Kind" } dd { (words::plain(failure.code.as_str())) " " span.quiet.code { (failure.code) } }
                dt { "Who acts" } dd { (words::who_acts(failure.who_acts)) }
                @if let Some(step) = &failure.step { dt { "Step" } dd { (step) } }
                @if let Some(search) = &job.search {
                    dt { "Search of the portal" }
                    dd {
                        (search.tries) " begun"
                        @if let Some(at) = search.next_at { ", the next " (time::age(at, now)) }
                        @if let Some(said) = &search.said { ": " (said) }
                    }
                }
            }
            @if !failure.fields.is_empty() {
                div.wide {
                    table {
                        caption { "What the page held" }
                        thead { tr { th scope="col" { "Field" } th scope="col" { "Expected" } th scope="col" { "Found" } } }
                        tbody {
                            @for field in &failure.fields {
                                tr {
                                    th scope="row" { (field.field) }
                                    td { (field.expected) }
                                    td { (field.found.as_deref().unwrap_or("nothing: the field is gone")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
