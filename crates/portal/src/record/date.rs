//! Dates of records.

use jiff::civil::Date;

/// A date from `31-12-1990` (day-month-year) or `1990-12-31`. Nothing else is taken: `12-31-1990` has no month 31.
pub fn parse_date(text: &str) -> Option<Date> {
    parse_dmy(text).or_else(|| parse_iso(text))
}

/// A date from `31-12-1990`, day first.
pub(crate) fn parse_dmy(text: &str) -> Option<Date> {
    let [day, month, year] = parts(text, [2, 2, 4])?;
    date(year, month, day)
}

fn parse_iso(text: &str) -> Option<Date> {
    let [year, month, day] = parts(text, [4, 2, 2])?;
    date(year, month, day)
}

fn parts(text: &str, lengths: [usize; 3]) -> Option<[i16; 3]> {
    let mut numbers = [0; 3];
    let mut split = text.split('-');
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let part = split.next()?;
        if part.len() != length || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    split.next().is_none().then_some(numbers)
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
