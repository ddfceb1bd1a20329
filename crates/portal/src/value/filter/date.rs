//! `{{ record.dob | date("%d-%m-%Y") }}`

use jiff::{civil::Date, fmt::strtime};
use minijinja::Error;

use crate::{record::parse_date, value::ValueError};

/// A date in the form that a field shows. A date has no time and no zone, so nothing can move it to another day.
pub(in crate::value) fn date(text: &str, form: &str) -> Result<String, Error> {
    let date: Date = parse_date(text.trim()).ok_or_else(|| ValueError::NotADate.into_engine())?;
    strtime::format(form, date)
        .map_err(|error| ValueError::Other(format!("date form {form:?}: {error}")).into_engine())
}
