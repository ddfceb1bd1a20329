//! `GET /alerts`: what is the matter, what nobody wants to hear of, and whether the channels work.

use axum::extract::State;
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    act,
    frame::{Frame, Part},
    job::hidden,
    problem::Page,
    time,
    visitor::Visitor,
    words,
};
use crate::{
    alerts::Severity,
    http::{AlertView, AlertsView, ApiState, Query, alerts},
};

/// All of it.
pub(super) async fn show(State(state): State<ApiState>, visitor: Visitor, query: Query) -> Page {
    let query = query.only(&["done"])?;
    let known = alerts(&state).await?;
    let now = state.clock.now();
    let frame = Frame {
        title: "Alerts",
        part: Part::Alerts,
        visitor: &visitor,
        done: query.one("done")?.and_then(act::said),
    };
    let content = html! {
        section.sheet #alerts data-live aria-labelledby="alerts-title" {
            h2 #alerts-title { "What is the matter" }
            @if known.alerts.is_empty() { p.quiet { "Nothing." } }
            @for alert in &known.alerts { (alert_of(alert, &visitor, now)) }
            @match &known.watched_by {
                Some(node) => p.quiet.small { "Server " (node) " watches." },
                None => p.words { "No server watches at present." },
            }
        }
        (silences(&known, &visitor, now))
        (channels(&known, &visitor, now))
    };
    Ok(frame.around(&content))
}

/// An alert, with a form that silences it.
fn alert_of(alert: &AlertView, visitor: &Visitor, now: Timestamp) -> Markup {
    let about = &alert.about;
    let about_text = about.to_string();
    let subjects = [
        ("portal", about.portal.as_ref().map(ToString::to_string)),
        ("account", about.account.as_ref().map(ToString::to_string)),
        ("server", about.server.as_ref().map(ToString::to_string)),
        ("webhook", about.webhook.as_ref().map(ToString::to_string)),
    ];
    let key = format!("{}/{about_text}", alert.rule);
    let field = format!("reason-{key}");
    html! {
        article data-key=(key) {
            h3 { (badge(alert)) " " (words::plain(alert.rule.as_str())) ": " (about_text) }
            p { (alert.text) }
            p.quiet.small { (alert.state) ", since " (time::age(alert.since, now)) }
            @if visitor.acts() && alert.state != "silenced" {
                form.ask method="post" action="/alerts/silence" {
                    (hidden(visitor))
                    input type="hidden" name="rule" value=(alert.rule);
                    @for (name, subject) in &subjects {
                        @if let Some(subject) = subject { input type="hidden" name=(name) value=(subject); }
                    }
                    input type="hidden" name="for" value="2h";
                    div {
                        label for=(field) { "Why it need not be told for two hours" }
                        input id=(field) type="text" name="reason" required maxlength="500" autocomplete="off";
                    }
                    button type="submit" { "Silence" }
                }
            }
        }
    }
}

fn badge(alert: &AlertView) -> Markup {
    let tone = match (alert.state.as_str(), alert.severity) {
        ("firing", Severity::Critical) => "bad",
        ("firing", Severity::Warning) => "waits",
        _ => "ended",
    };
    html! { span.badge data-tone=(tone) { (alert.severity.as_str()) } }
}

fn silences(known: &AlertsView, visitor: &Visitor, now: Timestamp) -> Markup {
    html! {
        section.sheet #silences data-live aria-labelledby="silences-title" {
            h2 #silences-title { "Silences" }
            @if known.silences.is_empty() { p.quiet { "None." } }
            @for silence in &known.silences {
                article data-key=(silence.id) {
                    h3 {
                        @match silence.rule { Some(rule) => (words::plain(rule.as_str())), None => "every rule" }
                        ": " (silence.about)
                    }
                    p { (silence.reason) }
                    p.quiet.small { "by " (silence.by) ", ends " (time::age(silence.until, now)) }
                    @if visitor.acts() {
                        form method="post" action="/alerts/unsilence" {
                            (hidden(visitor))
                            input type="hidden" name="id" value=(silence.id);
                            button type="submit" { "Tell it again" }
                        }
                    }
                }
            }
        }
    }
}

fn channels(known: &AlertsView, visitor: &Visitor, now: Timestamp) -> Markup {
    html! {
        section.sheet #channels data-live aria-labelledby="channels-title" {
            h2 #channels-title { "Channels" }
            @if known.channels.is_empty() {
                p.quiet { "None is configured, so nobody is told." }
            }
            @for channel in &known.channels {
                p data-key=(channel.name) {
                    b { (channel.name) } " (" (channel.kind) "): " (channel.state)
                    @if let Some(at) = channel.delivered_at { ", last taken " (time::age(at, now)) }
                    @if let Some(said) = &channel.said { ". It said: " (said) }
                }
            }
            @if visitor.acts() && !known.channels.is_empty() {
                form method="post" action="/alerts/test" {
                    (hidden(visitor))
                    button type="submit" { "Send a test" }
                }
            }
        }
    }
}
