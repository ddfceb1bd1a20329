//! What cannot be undone is asked for twice: a button opens what the real one stands in. It works without scripts and with
//! a keyboard.

use maud::{Markup, html};

/// The content of a form that does what cannot be undone.
pub(super) fn confirmed(words: &str, content: &Markup, button: &str) -> Markup {
    html! {
        details.confirm {
            summary { (words) "…" }
            div.sure {
                (content)
                button.grave type="submit" { (button) }
            }
        }
    }
}
