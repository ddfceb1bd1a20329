//! The page.

use axum::extract::State;
use formhand_store::DeliveryFilter;
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    super::{
        act,
        frame::{Frame, Part},
        problem::Page,
        time,
        visitor::Visitor,
    },
    deliveries, wishes,
};
use crate::http::{ApiState, DeliveryView, Query, WebhookView, deliveries as read, webhooks};

/// Messages that are shown of each webhook; the newest.
const SHOWN: u32 = 20;

/// All of them.
pub(in crate::dashboard) async fn show(
    State(state): State<ApiState>,
    visitor: Visitor,
    query: Query,
) -> Page {
    let query = query.only(&["done"])?;
    let known = webhooks(&state).await?.webhooks;
    let mut shown = Vec::new();
    for webhook in known {
        let all = DeliveryFilter::default();
        let page = read(&state, &webhook.name, all, None, SHOWN).await?;
        shown.push((webhook, page.deliveries));
    }
    let now = state.clock.now();
    let frame = Frame {
        title: "Webhooks",
        part: Part::Webhooks,
        visitor: &visitor,
        done: query.one("done")?.and_then(act::said),
    };
    let content = html! {
        @if shown.is_empty() {
            section.sheet #webhooks aria-label="Webhooks" {
                p.quiet {
                    "None is configured, so no system is told what becomes of jobs. A "
                    code { "[[webhooks]]" } " block adds one."
                }
            }
        }
        @for (webhook, deliveries) in &shown { (one(webhook, deliveries, &visitor, now)) }
    };
    Ok(frame.around(&content))
}

fn one(
    webhook: &WebhookView,
    deliveries: &[DeliveryView],
    visitor: &Visitor,
    now: Timestamp,
) -> Markup {
    let id = format!("webhook-{}", webhook.name);
    let title = format!("{id}-title");
    html! {
        section.sheet id=(id) data-live aria-labelledby=(title) {
            h2 id=(title) { (webhook.name) " " (badge(webhook)) }
            (facts(webhook, now))
            (deliveries::table(webhook, deliveries, visitor, now))
            (wishes::forms(webhook, visitor))
        }
    }
}

fn badge(webhook: &WebhookView) -> Markup {
    let tone = match webhook.state.as_str() {
        "ok" => "good",
        "failing" | "off" => "bad",
        _ => "ended",
    };
    html! { span.badge data-tone=(tone) { (webhook.state) } }
}

fn facts(webhook: &WebhookView, now: Timestamp) -> Markup {
    let only: Vec<String> = webhook
        .portals
        .iter()
        .map(ToString::to_string)
        .chain(webhook.flows.iter().map(ToString::to_string))
        .collect();
    html! {
        dl.facts {
            dt { "Goes to" } dd.code { (webhook.to) }
            dt { "Is told" } dd { (webhook.events.join(", ")) }
            @if !only.is_empty() { dt { "Only of" } dd { (only.join(", ")) } }
            dt { "Messages" }
            dd {
                (webhook.pending) " waiting, " (webhook.delivered) " taken, " (webhook.failed) " given up"
            }
            @if let Some(at) = webhook.oldest_pending_at { dt { "Oldest waiting" } dd { (time::age(at, now)) } }
            @if let Some(at) = webhook.delivered_at { dt { "Last taken" } dd { (time::age(at, now)) } }
            @if let Some(at) = webhook.failing_since { dt { "Takes nothing" } dd { "since " (time::age(at, now)) } }
            @if let Some(at) = webhook.off_since { dt { "Switched off" } dd { (time::age(at, now)) } }
            @if let Some(said) = &webhook.said { dt { "What was the matter" } dd { (said) } }
        }
    }
}
