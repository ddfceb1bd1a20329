//! Days. Which of two numbers is the month, and in which zone a moment's day is meant, is never guessed.

use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use super::convert::wrong_kind;
use crate::mapping::{
    model::{DateRule, ReadDate},
    value::Found,
};

/// The day that a value is, written as the rule says.
pub(super) fn day(found: &Found<'_>, rule: &DateRule) -> Result<Value, String> {
    let date = match &rule.read {
        ReadDate::Day(form) => match found {
            Found::Text(text) if !text.is_empty() => form
                .read(text)
                .ok_or_else(|| "is not such a date".to_owned())?,
            _ => return Err(wrong_kind(found)),
        },
        ReadDate::Moment(zone) => zone.to_datetime(moment(found)?).date(),
        ReadDate::Midnight(zone) => {
            let moment = moment(found)?.to_zoned_datetime(zone.clone());
            let begins = moment.start_of_day();
            if begins.as_ref().ok() != Some(&moment) {
                return Err(format!("is not the beginning of a day in {}", name(zone)));
            }
            moment.date()
        }
        ReadDate::EpochSeconds(zone) => zone
            .to_datetime(epoch(found, Timestamp::from_second)?)
            .date(),
        ReadDate::EpochMilliseconds(zone) => zone
            .to_datetime(epoch(found, Timestamp::from_millisecond)?)
            .date(),
    };
    if date.year() < 1000 {
        return Err("is a date before the year 1000".to_owned());
    }
    Ok(rule.write.write(date).into())
}

fn moment(found: &Found<'_>) -> Result<Timestamp, String> {
    match found {
        Found::Moment(moment) => Ok(*moment),
        Found::Text(text) if !text.is_empty() => text
            .parse()
            .map_err(|_| "is a text that is not written as a moment".to_owned()),
        _ => Err(wrong_kind(found)),
    }
}

fn epoch(
    found: &Found<'_>,
    read: fn(i64) -> Result<Timestamp, jiff::Error>,
) -> Result<Timestamp, String> {
    let Found::Number(number) = found else {
        return Err(wrong_kind(found));
    };
    let number = number
        .whole()
        .ok_or_else(|| "is not a whole number".to_owned())?;
    read(number).map_err(|_| "is a moment that no calendar has".to_owned())
}

fn name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("its time zone")
}
