//! What a person can do with a webhook.

use maud::{Markup, html};

use super::super::{job::hidden, visitor::Visitor};
use crate::http::WebhookView;

/// Forms for who may use them. What sends many messages asks whether it is meant.
pub(super) fn forms(webhook: &WebhookView, visitor: &Visitor) -> Markup {
    if !visitor.acts() {
        return html! {};
    }
    let name = &webhook.name;
    let field = |what: &str| format!("{what}-{name}");
    html! {
        form method="post" action=(format!("/webhooks/{name}/test")) {
            (hidden(visitor))
            button type="submit" { "Send a test" }
        }
        form.ask method="post" action=(format!("/webhooks/{name}/replay-since")) {
            (hidden(visitor))
            div {
                label for=(field("hours")) { "Send once more what happened in the last" }
                select id=(field("hours")) name="hours" {
                    option value="1" { "hour" }
                    option value="24" { "24 hours" }
                    option value="168" { "7 days" }
                }
            }
            label.choice for=(field("sure")) {
                input.choice id=(field("sure")) type="checkbox" name="sure" value="yes" required;
                "All of it, also what was taken already"
            }
            button type="submit" { "Send again" }
        }
        @if webhook.state == "off" {
            form.ask method="post" action=(format!("/webhooks/{name}/enable")) {
                (hidden(visitor))
                label.choice for=(field("skip")) {
                    input.choice id=(field("skip")) type="checkbox" name="skip" value="yes";
                    "Leave out what happened meanwhile"
                }
                button type="submit" { "Switch it on" }
            }
        }
    }
}
