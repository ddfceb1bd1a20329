//! A message for a person.

use std::fmt::Write as _;

use crate::alerts::{Message, Said};

/// More alerts than that are only counted in a subject.
const NAMED: usize = 3;

/// One line that tells what it is about.
pub(super) fn subject(message: &Message, from: &str) -> String {
    if message.is_test {
        return format!("[{from}] a test, nothing is the matter");
    }
    let counts = [
        (message.news.len(), "new"),
        (message.resolved.len(), "resolved"),
        (message.still.len(), "still firing"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let all = message.news.iter().chain(&message.resolved);
    let all: Vec<&Said> = all.chain(&message.still).collect();
    let named: Vec<String> = all
        .iter()
        .take(NAMED)
        .map(|said| format!("{} {}", said.rule, said.subject))
        .collect();
    let more = if all.len() > NAMED { " …" } else { "" };
    format!("[{from}] {}: {}{more}", counts.join(", "), named.join(", "))
}

/// All of it.
pub(super) fn text(message: &Message, from: &str) -> String {
    if message.is_test {
        return format!(
            "This is a test of {from}. Somebody has run `formhand alert test`. Nothing is the matter.\n"
        );
    }
    let mut text = String::new();
    part(&mut text, "NEW", &message.news);
    part(&mut text, "RESOLVED", &message.resolved);
    part(&mut text, "STILL FIRING", &message.still);
    text.push_str(
        "What each of them means and what to do: docs/ALERTS.md. `formhand alert list` shows all, \
         `formhand alert silence` keeps one from being told.\n",
    );
    text
}

fn part(text: &mut String, heading: &str, alerts: &[Said]) {
    if alerts.is_empty() {
        return;
    }
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{heading}\n");
    for said in alerts {
        let _ = writeln!(
            text,
            "{}: {} ({}, since {:.0})\n  {}\n",
            said.rule,
            said.rule.title(),
            said.rule.severity().as_str(),
            said.since,
            said.text
        );
    }
}
