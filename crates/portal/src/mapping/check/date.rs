//! Dates.

use jiff::tz::TimeZone;

use super::Checker;
use crate::{
    diagnostic::{Span, list_names},
    mapping::{
        model::{DateRule, ReadDate},
        raw::Date,
        value::{DAY_FORMS, DayForm, MOMENT_FORMS},
    },
    parse::Spanned,
    raw::Text,
};

impl Checker<'_> {
    pub(super) fn date(&self, raw: &Spanned<Date>) -> Option<DateRule> {
        let (span, read, write, zone) = match &raw.value {
            Date::Short(read) => (raw.span, read, None, None),
            Date::Long(long) => (
                long.read.span,
                &long.read.value,
                long.write.as_ref(),
                long.zone.as_ref(),
            ),
        };
        let read = self.read(span, read, zone);
        let write = match write {
            Some(write) => self.day_form(write.span, &write.value, DAY_FORMS),
            None => Some(DayForm::ISO),
        };
        Some(DateRule {
            read: read?,
            write: write?,
        })
    }

    fn read(&self, span: Span, name: &str, zone: Option<&Text>) -> Option<ReadDate> {
        if !MOMENT_FORMS.contains(&name) {
            let known: Vec<&str> = DAY_FORMS.iter().chain(MOMENT_FORMS).copied().collect();
            let form = self.day_form(span, name, &known);
            if let (Some(_), Some(zone)) = (form, zone) {
                return self.error(
                    zone.span,
                    "a written day is the same in every zone",
                    "leave `zone` out",
                );
            }
            return form.map(ReadDate::Day);
        }
        let Some(zone) = zone else {
            return self.error(
                span,
                "a moment is another day in another time zone, and no zone is named",
                format!("such as `date: {{read: {name}, zone: Asia/Kolkata}}`"),
            );
        };
        let Ok(zone) = TimeZone::get(&zone.value) else {
            let message = format!(
                "{:?} is not a time zone that this machine knows",
                zone.value
            );
            return self.error(zone.span, message, "an IANA name such as Asia/Kolkata");
        };
        Some(match name {
            "midnight" => ReadDate::Midnight(zone),
            "epoch_seconds" => ReadDate::EpochSeconds(zone),
            "epoch_milliseconds" => ReadDate::EpochMilliseconds(zone),
            _ => ReadDate::Moment(zone),
        })
    }

    /// A form of days. `known` are the names that would be right here.
    fn day_form(&self, span: Span, name: &str, known: &[&str]) -> Option<DayForm> {
        let form = DayForm::of(name);
        if form.is_none() {
            // Nearness would suggest MM/dd to who means dd/MM: only the case of the letters is made up for.
            let near = known.iter().find(|known| known.eq_ignore_ascii_case(name));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => list_names(known.iter().copied()),
            };
            return self.error(
                span,
                format!("{name:?} is not a form of dates that is known here"),
                help,
            );
        }
        form
    }
}
