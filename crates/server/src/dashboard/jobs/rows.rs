//! The table of jobs.

use formhand_domain::Job;
use jiff::Timestamp;
use maud::{Markup, html};

use super::super::{time, words};
use crate::http::JobView;

/// The jobs, one a row.
pub(crate) fn table(jobs: &[Job], caption: &str, now: Timestamp) -> Markup {
    rows(jobs, caption, now, None)
}

/// The same, each with a box that chooses it for a form.
pub(super) fn choosable(jobs: &[Job], caption: &str, now: Timestamp, form: &str) -> Markup {
    rows(jobs, caption, now, Some(form))
}

fn rows(jobs: &[Job], caption: &str, now: Timestamp, form: Option<&str>) -> Markup {
    html! {
        @if jobs.is_empty() {
            p.quiet { "There is no such job." }
        } @else {
            div.wide {
                table.cards {
                    caption { (caption) }
                    thead {
                        tr {
                            th scope="col" { "Job" }
                            th scope="col" { "Status" }
                            th scope="col" { "Progress" }
                            th scope="col" { "Portal" }
                            th scope="col" { "Receipt or reason" }
                            th scope="col" { "Handed in" }
                        }
                    }
                    tbody {
                        @for job in jobs { (row(&JobView::brief(job), now, form)) }
                    }
                }
            }
        }
    }
}

fn row(job: &JobView, now: Timestamp, form: Option<&str>) -> Markup {
    html! {
        tr data-key=(job.id) {
            th scope="row" {
                @if let Some(form) = form {
                    div.named {
                        input.choice type="checkbox" name="id" value=(job.id) form=(form)
                            aria-label={ "Choose " (named(job)) };
                        (name(job))
                    }
                } @else {
                    (name(job))
                }
            }
            td data-name="Status" { (words::status(job.status, job.retry_at.is_some())) }
            td data-name="Progress" { @if !job.is_settled() { (words::progress(job.stage)) } }
            td data-name="Portal" { div { (job.portal) div.quiet.small { (job.account) } } }
            td data-name="Result" { (result(job, now)) }
            td data-name="Handed in" { (time::age(job.created_at, now)) }
        }
    }
}

fn name(job: &JobView) -> Markup {
    html! {
        div {
            a href={ "/jobs/" (job.id) } { (named(job)) }
            div.quiet.small { (job.captcha_id) }
        }
    }
}

/// What a person calls it.
pub(crate) fn named(job: &JobView) -> &str {
    if job.label.is_empty() {
        job.captcha_id.as_str()
    } else {
        &job.label
    }
}

fn result(job: &JobView, now: Timestamp) -> Markup {
    html! {
        @if let Some(receipt) = &job.receipt {
            div.code { (receipt.0.values().map(String::as_str).collect::<Vec<_>>().join(" · ")) }
        } @else if let Some(failure) = &job.failure {
            span title=(failure.message) { (words::plain(failure.code.as_str())) }
            @if let Some(retry_at) = job.retry_at {
                div.quiet.small { "again " (time::age(retry_at, now)) }
            }
        }
    }
}
