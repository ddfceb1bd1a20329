//! The little that the description's texts use of Markdown: paragraphs, lists, names and strong words.

use maud::{Markup, html};

/// A text as paragraphs and lists.
pub(super) fn text(text: &str) -> Markup {
    html! {
        @for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
            @if block.starts_with("- ") {
                ul { @for item in block.lines() { li { (line(item.trim_start_matches("- "))) } } }
            } @else {
                p { (line(&block.replace('\n', " "))) }
            }
        }
    }
}

/// What stands between two backquotes is a name, and between two pairs of stars strong.
pub(super) fn line(text: &str) -> Markup {
    html! {
        @for (place, part) in text.split('`').enumerate() {
            @if place % 2 == 1 {
                code { (part) }
            } @else {
                @for (place, part) in part.split("**").enumerate() {
                    @if place % 2 == 1 { strong { (part) } } @else { (part) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lists_and_strong_words_are_shown_as_such() {
        let shown = text("**Once.** Send `A` & go.\n\n- `x`: one\n- two");
        insta::assert_snapshot!(shown.into_string(), @"<p><strong>Once.</strong> Send <code>A</code> &amp; go.</p><ul><li><code>x</code>: one</li><li>two</li></ul>");
    }
}
