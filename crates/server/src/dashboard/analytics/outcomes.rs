//! How jobs ended, by hour and by day.

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::{bars::bars, plot::plot};
use crate::http::{ApiState, Problem};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Stretches of a plot.
const HOURS: u16 = 24;
const DAYS: u16 = 30;

/// Both plots. The last stretch of each is not over yet.
pub(super) async fn sheets(state: &ApiState, now: Timestamp) -> Result<Markup, Problem> {
    let this_hour = begin(now, HOUR);
    let (from_hour, from_day) = (
        this_hour - HOUR * i32::from(HOURS - 1),
        begin(now, DAY) - DAY * i32::from(DAYS - 1),
    );
    let outcomes = state.store.outcomes(from_day, this_hour + HOUR).await?;
    let hours = bars(&outcomes, from_hour, HOUR, HOURS);
    let days = bars(&outcomes, from_day, DAY, DAYS);
    Ok(html! {
        section.sheet aria-labelledby="hours-title" {
            h2 #hours-title { "Jobs that ended, by hour" }
            (plot(&hours, "Jobs that ended in each of the last 24 hours", "%H:%M"))
        }
        section.sheet aria-labelledby="days-title" {
            h2 #days-title { "Jobs that ended, by day" }
            (plot(&days, "Jobs that ended on each of the last 30 days", "%b %-d"))
        }
    })
}

/// When the stretch began that a time is in; hours and days are those of UTC.
fn begin(of: Timestamp, length: SignedDuration) -> Timestamp {
    let second = of.as_second();
    let begin = second - second.rem_euclid(length.as_secs());
    Timestamp::from_second(begin).unwrap_or(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_begins_with_its_first_second() {
        let time = |text: &str| -> Timestamp { text.parse().unwrap() };
        let of = time("2026-03-04T05:59:59.9Z");
        assert_eq!(begin(of, HOUR), time("2026-03-04T05:00:00Z"));
        assert_eq!(begin(of, DAY), time("2026-03-04T00:00:00Z"));
        assert_eq!(
            begin(time("2026-03-04T00:00:00Z"), DAY),
            time("2026-03-04T00:00:00Z")
        );
    }
}
