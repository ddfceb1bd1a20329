//! Days as they are written: `dd/MM/yyyy`.

use std::fmt::Write;

use jiff::civil::Date;

/// The forms that there are. One is never taken for another: the mapping says which one a document has.
pub(in crate::mapping) const DAY_FORMS: &[&str] = &[
    "yyyy-MM-dd",
    "yyyy/MM/dd",
    "yyyyMMdd",
    "dd-MM-yyyy",
    "dd/MM/yyyy",
    "dd.MM.yyyy",
    "dd-MMM-yyyy",
    "dd/MMM/yyyy",
    "dd MMM yyyy",
    "MM-dd-yyyy",
    "MM/dd/yyyy",
];

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A form of [`DAY_FORMS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mapping) struct DayForm(&'static str);

impl DayForm {
    /// That of JSON, and of a schema's `format: date`.
    pub(in crate::mapping) const ISO: Self = Self("yyyy-MM-dd");
    /// That of a schema's `format: date-dmy`.
    pub(in crate::mapping) const DMY: Self = Self("dd-MM-yyyy");

    /// The form of this name.
    pub(in crate::mapping) fn of(name: &str) -> Option<Self> {
        DAY_FORMS
            .iter()
            .find(|form| **form == name)
            .copied()
            .map(Self)
    }

    /// Its name.
    pub(in crate::mapping) fn as_str(self) -> &'static str {
        self.0
    }

    /// The day of a text that is written in just this form.
    pub(in crate::mapping) fn read(self, text: &str) -> Option<Date> {
        let (mut year, mut month, mut day) = (0, 0, 0);
        let mut rest = text;
        for field in fields(self.0) {
            let (part, after) = rest.split_at_checked(field.len())?;
            rest = after;
            match field {
                "yyyy" => year = digits(part)?,
                "MM" => month = digits(part)?,
                "MMM" => month = month_named(part)?,
                "dd" => day = digits(part)?,
                separator => (part == separator).then_some(())?,
            }
        }
        // A year below 1000 is one of two digits that was filled up.
        if !rest.is_empty() || year < 1000 {
            return None;
        }
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    /// A day, written in this form.
    pub(in crate::mapping) fn write(self, date: Date) -> String {
        fields(self.0).fold(String::with_capacity(self.0.len()), |mut text, field| {
            let month = usize::try_from(date.month() - 1).unwrap_or_default();
            // Writing to a String cannot fail.
            let _ = match field {
                "yyyy" => write!(text, "{:04}", date.year()),
                "MM" => write!(text, "{:02}", date.month()),
                "MMM" => write!(text, "{}", MONTHS[month]),
                "dd" => write!(text, "{:02}", date.day()),
                separator => write!(text, "{separator}"),
            };
            text
        })
    }

    /// A day in this form in which day and month cannot be mixed up.
    pub(in crate::mapping) fn example(self) -> String {
        self.write(jiff::civil::date(1990, 12, 31))
    }
}

/// The runs of one letter: `dd`, `/`, `MM`, `/`, `yyyy`.
fn fields(form: &'static str) -> impl Iterator<Item = &'static str> {
    let mut rest = form;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c| c != first).unwrap_or(rest.len());
        let (field, after) = rest.split_at(end);
        rest = after;
        Some(field)
    })
}

fn digits(text: &str) -> Option<i16> {
    let all = text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok())?
}

/// English names, in whatever case: JAN is January.
fn month_named(text: &str) -> Option<i16> {
    let index = MONTHS
        .iter()
        .position(|month| month.eq_ignore_ascii_case(text))?;
    i16::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_form_reads_what_it_writes_and_no_other_form_takes_it_for_another_day() {
        let day = date(2026, 1, 5);
        for form in DAY_FORMS.iter().filter_map(|name| DayForm::of(name)) {
            assert_eq!(form.read(&form.write(day)), Some(day), "{}", form.as_str());
            assert_eq!(form.example().len(), form.as_str().len());
        }
        assert_eq!(DayForm("dd/MM/yyyy").read("12/31/1990"), None);
        assert_eq!(DayForm("MM/dd/yyyy").read("31/12/1990"), None);
    }

    #[test]
    fn a_day_is_written_in_full_and_exists() {
        for text in [
            "5-1-2026",
            "05-01-26",
            "05-01-0026",
            "31-02-2026",
            "05-01-2026 ",
            "05-01-2026T00:00",
            "+5-01-2026",
            "०५-01-2026",
            "",
        ] {
            assert_eq!(DayForm::DMY.read(text), None, "{text}");
        }
        let named = DayForm("dd-MMM-yyyy");
        assert_eq!(named.read("05-JAN-2026"), Some(date(2026, 1, 5)));
        assert_eq!(named.read("05-Foo-2026"), None);
        assert_eq!(named.write(date(2026, 9, 5)), "05-Sep-2026");
    }
}
