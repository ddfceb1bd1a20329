//! What happened to a session, newest first.

use formhand_domain::account::Severity;
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;

use super::super::{time, words};
use crate::http::SessionEntryView;

/// A page of its history.
pub(super) fn sheet(entries: &[SessionEntryView], next: Option<u64>, now: Timestamp) -> Markup {
    html! {
        section.sheet aria-labelledby="history-title" {
            h2 #history-title { "History" }
            @if entries.is_empty() {
                p.quiet { "Nothing has happened yet." }
            } @else {
                div.wide {
                    table.cards {
                        thead {
                            tr {
                                th scope="col" { "What" }
                                th scope="col" { "When" }
                                th.number scope="col" { "Generation" }
                                th scope="col" { "Details" }
                            }
                        }
                        tbody { @for entry in entries { (row(entry, now)) } }
                    }
                }
                @if let Some(next) = next {
                    nav.wishes aria-label="Pages" { a.button rel="next" href={ "?before=" (next) } { "Older" } }
                }
            }
        }
    }
}

fn row(entry: &SessionEntryView, now: Timestamp) -> Markup {
    let tone = match entry.severity {
        Severity::Info => "ended",
        Severity::Warning => "waits",
        Severity::Critical => "bad",
    };
    html! {
        tr data-key=(entry.seq) {
            th scope="row" { span.badge data-tone=(tone) { (words::plain(entry.event.as_str())) } }
            td data-name="When" { (time::age(entry.at, now)) }
            td.number data-name="Generation" { (entry.generation.0) }
            td data-name="Details" { (details(entry)) }
        }
    }
}

/// What the event says, by its kind. There is no free text in it, only codes and numbers.
fn details(entry: &SessionEntryView) -> String {
    let told = entry.detail.iter().filter_map(|(name, value)| {
        let text = match value {
            Value::Null => return None,
            Value::Number(number) if name.ends_with("Ms") => {
                time::milliseconds(number.as_u64().unwrap_or_default())
            }
            Value::String(text) if name == "recovery" => text.chars().take(10).collect(),
            Value::String(text) => words::plain(text),
            other => other.to_string(),
        };
        Some(format!("{} {text}", spaced(name)))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// `roundTripMs` as `round trip`.
fn spaced(name: &str) -> String {
    let name = name.strip_suffix("Ms").unwrap_or(name);
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_the_wire_is_told_in_words() {
        assert_eq!(spaced("roundTripMs"), "round trip");
        assert_eq!(spaced("seenBy"), "seen by");
    }
}
