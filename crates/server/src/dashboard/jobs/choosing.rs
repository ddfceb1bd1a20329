//! What can be wished of many jobs: of those that are chosen in the list, or of all that fit.

use formhand_store::Total;
use maud::{Markup, html};

use super::super::{job::hidden, visitor::Visitor};

/// The form that the boxes in the list belong to.
pub(super) const FORM: &str = "many";

/// The form. What it does is asked once more on the page that follows.
pub(super) fn form(query: &str, total: Total, visitor: &Visitor) -> Markup {
    html! {
        section.sheet aria-label="Many jobs" {
            form #(FORM) .wishes method="post" action="/jobs/many" {
                (hidden(visitor))
                input type="hidden" name="filter" value=(query);
                label.choice {
                    input.choice type="checkbox" name="all" value="yes";
                    span { "Not only those that are chosen below, but all that fit" @if total.count() > 1 { ", on all pages" } }
                }
                span.row {
                    button type="submit" name="wish" value="hold" { "Hold" }
                    button type="submit" name="wish" value="release" { "Let go on" }
                    button type="submit" name="wish" value="retry" { "Try again" }
                    button.grave type="submit" name="wish" value="cancel" { "Cancel" }
                }
            }
        }
    }
}
