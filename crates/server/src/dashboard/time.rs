//! Times as a person reads them. The script shows them in the reader's own time zone; without it they are UTC.

use jiff::{SignedDuration, Timestamp, Unit};
use maud::{Markup, html};

/// A moment.
pub(super) fn moment(at: Timestamp) -> Markup {
    let whole = at.round(Unit::Second).unwrap_or(at);
    html! {
        time datetime=(whole) { (whole.strftime("%Y-%m-%d %H:%M:%S UTC")) }
    }
}

/// How long ago something was, or how far ahead it is.
pub(super) fn age(at: Timestamp, now: Timestamp) -> Markup {
    let whole = at.round(Unit::Second).unwrap_or(at);
    let past = now.duration_since(at);
    let text = if past.is_negative() {
        format!("in {}", span(past.abs()))
    } else {
        format!("{} ago", span(past))
    };
    html! {
        time datetime=(whole) data-age title=(whole.strftime("%Y-%m-%d %H:%M:%S UTC")) { (text) }
    }
}

/// A length of time in its two greatest units.
pub(super) fn span(length: SignedDuration) -> String {
    let seconds = length.as_secs();
    match seconds {
        ..1 => format!("{} ms", length.as_millis().max(0)),
        1..60 => format!("{seconds} s"),
        60..3_600 => two(seconds / 60, "min", seconds % 60, "s"),
        3_600..86_400 => two(seconds / 3_600, "h", seconds % 3_600 / 60, "min"),
        _ => two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h"),
    }
}

/// A length of time in milliseconds.
pub(super) fn milliseconds(length: u64) -> String {
    span(SignedDuration::from_millis(
        i64::try_from(length).unwrap_or(i64::MAX),
    ))
}

fn two(great: i64, great_unit: &str, small: i64, small_unit: &str) -> String {
    if small == 0 {
        format!("{great} {great_unit}")
    } else {
        format!("{great} {great_unit} {small} {small_unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_has_its_two_greatest_units() {
        let cases = [
            (SignedDuration::from_millis(0), "0 ms"),
            (SignedDuration::from_millis(850), "850 ms"),
            (SignedDuration::from_secs(59), "59 s"),
            (SignedDuration::from_secs(60), "1 min"),
            (SignedDuration::from_secs(3_599), "59 min 59 s"),
            (SignedDuration::from_secs(7_260), "2 h 1 min"),
            (SignedDuration::from_hours(49), "2 d 1 h"),
        ];
        for (length, text) in cases {
            assert_eq!(span(length), text);
        }
    }
}
