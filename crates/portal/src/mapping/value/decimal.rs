//! Exact decimal numbers: money is neither rounded nor given digits that nobody wrote.

use std::fmt;

use serde_json::Number;

/// `mantissa` divided by ten so many times.
#[derive(Debug, Clone, Copy)]
pub(in crate::mapping) struct Decimal {
    mantissa: i128,
    places: u32,
}

/// More places behind the point, or zeros before it, than any amount or measure has.
const MOST_PLACES: u32 = 40;

impl Decimal {
    /// A number as programs write it: `-12.50`, `1.25E+3`. Nothing that has more digits than fit.
    pub(in crate::mapping) fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let all_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        if unsigned.is_empty() || !all_digits(unsigned) || !all_digits(fraction) {
            return None;
        }
        let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
        if mantissa == 0 {
            return Some(Self {
                mantissa,
                places: u32::try_from(fraction.len()).ok()?.min(MOST_PLACES),
            });
        }
        let places = i64::try_from(fraction.len()).ok()? - i64::from(exponent);
        let limit = i64::from(MOST_PLACES);
        match u32::try_from(places) {
            Ok(places) if places <= MOST_PLACES => Some(Self { mantissa, places }),
            Err(_) if places >= -limit => {
                let zeros = u32::try_from(-places).ok()?;
                let mantissa = mantissa.checked_mul(10_i128.checked_pow(zeros)?)?;
                Some(Self {
                    mantissa,
                    places: 0,
                })
            }
            _ => None,
        }
    }

    /// So many times as much, if it fits.
    pub(in crate::mapping) fn times(self, factor: u32) -> Option<Self> {
        let mantissa = self.mantissa.checked_mul(factor.into())?;
        Some(Self { mantissa, ..self }.shortest())
    }

    /// One of so many equal parts, if that is a number whose digits end.
    pub(in crate::mapping) fn over(self, divisor: u32) -> Option<Self> {
        let divisor = i128::from(divisor);
        let mut rest = self;
        while rest.mantissa.checked_rem(divisor)? != 0 {
            rest.mantissa = rest.mantissa.checked_mul(10)?;
            rest.places += 1;
            if rest.places > MOST_PLACES {
                return None;
            }
        }
        rest.mantissa /= divisor;
        Some(rest.shortest())
    }

    /// The whole number that it is, if it is one.
    pub(in crate::mapping) fn whole(self) -> Option<i64> {
        let Self { mantissa, places } = self.shortest();
        (places == 0).then(|| i64::try_from(mantissa).ok())?
    }

    /// The same as a JSON number, if that holds all of its digits.
    pub(in crate::mapping) fn to_number(self) -> Option<Number> {
        if let Some(whole) = self.whole() {
            return Some(whole.into());
        }
        let number = Number::from_f64(self.to_string().parse().ok()?)?;
        (Self::parse(&number.to_string())? == self).then_some(number)
    }

    /// Without zeros at the end of its fraction.
    pub(in crate::mapping) fn shortest(mut self) -> Self {
        while self.places > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.places -= 1;
        }
        self
    }
}

/// By value: 12.50 is 12.5.
impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (self.shortest(), other.shortest());
        (a.mantissa, a.places) == (b.mantissa, b.places)
    }
}

/// All digits and no exponent. Zeros at the end stay, as they were written.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let places = self.places as usize;
        let digits = format!(
            "{:0>width$}",
            self.mantissa.unsigned_abs(),
            width = places + 1
        );
        let (whole, fraction) = digits.split_at(digits.len() - places);
        match fraction {
            "" => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{fraction}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).expect(text)
    }

    #[test]
    fn a_number_is_written_as_it_was() {
        for text in ["0", "7", "-7", "12.50", "0.05", "-0.05", "100", "61000.10"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(decimal("1.25E+3").to_string(), "1250");
        assert_eq!(decimal("5e-3").to_string(), "0.005");
        assert_eq!(decimal("0E-6176").to_string(), "0");
    }

    #[test]
    fn what_is_no_number_or_too_long_is_refused() {
        for text in [
            "", "-", ".5", "1,000", "1_000", "+1", "--1", "NaN", "Infinity", "1e", "1e99", "1e-99",
            "٣",
        ] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
        assert!(Decimal::parse(&"9".repeat(60)).is_none());
    }

    #[test]
    fn a_part_is_exact_or_none() {
        assert_eq!(
            decimal("1")
                .over(100)
                .map(|part| part.to_string())
                .as_deref(),
            Some("0.01")
        );
        assert_eq!(
            decimal("9").over(3).map(|part| part.to_string()).as_deref(),
            Some("3")
        );
        assert_eq!(decimal("10").over(3), None);
        assert_eq!(decimal("10").over(0), None);
        assert_eq!(decimal(&"9".repeat(38)).times(10), None);
    }

    #[test]
    fn a_json_number_holds_all_digits_or_none() {
        assert_eq!(
            decimal("61000.10")
                .to_number()
                .map(|number| number.to_string())
                .as_deref(),
            Some("61000.1")
        );
        assert_eq!(decimal("72200.0").to_number(), Some(72200.into()));
        assert_eq!(decimal("12345678901234567.89").to_number(), None);
    }

    proptest! {
        #[test]
        fn times_and_over_undo_each_other(mantissa in any::<i64>(), places in 0_u32..10, factor in 1_u32..) {
            let number = Decimal { mantissa: mantissa.into(), places };
            let more = number.times(factor).expect("it fits");
            prop_assert_eq!(more.over(factor), Some(number));
            if let Some(part) = number.over(factor) {
                prop_assert_eq!(part.times(factor), Some(number));
            }
        }

        #[test]
        fn what_is_written_is_read_again(mantissa in any::<i64>(), places in 0_u32..20) {
            let number = Decimal { mantissa: mantissa.into(), places };
            prop_assert_eq!(Decimal::parse(&number.to_string()), Some(number));
        }
    }
}
