//! The newest messages of a webhook.

use jiff::Timestamp;
use maud::{Markup, html};

use super::super::{job::hidden, time, visitor::Visitor};
use crate::http::{DeliveryView, WebhookView};

/// A row for each.
pub(super) fn table(
    webhook: &WebhookView,
    deliveries: &[DeliveryView],
    visitor: &Visitor,
    now: Timestamp,
) -> Markup {
    if deliveries.is_empty() {
        return html! { p.quiet { "No message yet." } };
    }
    html! {
        div.wide {
            table.cards {
                caption { "Newest messages of " (webhook.name) }
                thead {
                    tr {
                        th scope="col" { "Made" }
                        th scope="col" { "Tells of" }
                        th scope="col" { "Job" }
                        th scope="col" { "State" }
                        th scope="col" { "What was said" }
                        @if visitor.acts() { th scope="col" { "Again" } }
                    }
                }
                tbody {
                    @for delivery in deliveries { (row(webhook, delivery, visitor, now)) }
                }
            }
        }
    }
}

fn row(
    webhook: &WebhookView,
    delivery: &DeliveryView,
    visitor: &Visitor,
    now: Timestamp,
) -> Markup {
    let tone = match delivery.state.as_str() {
        "delivered" => "good",
        "failed" => "bad",
        _ => "waits",
    };
    html! {
        tr data-key=(delivery.id) {
            td data-name="Made" { (time::age(delivery.made_at, now)) }
            td data-name="Tells of" { (delivery.kind) }
            td data-name="Job" {
                @if let Some(job) = &delivery.job_id { a.code href=(format!("/jobs/{job}")) { (job) } }
            }
            td data-name="State" {
                div {
                    span.badge data-tone=(tone) { (delivery.state) }
                    @if let Some(at) = delivery.next_try_at { " next " (time::age(at, now)) }
                }
            }
            td data-name="Said" { @if let Some(said) = &delivery.said { (said) } }
            @if visitor.acts() {
                td data-name="Again" {
                    form method="post" action=(format!("/webhooks/{}/replay", webhook.name)) {
                        (hidden(visitor))
                        input type="hidden" name="id" value=(delivery.id);
                        button type="submit" aria-label=(format!("Send {} again", delivery.id)) { "Send again" }
                    }
                }
            }
        }
    }
}
