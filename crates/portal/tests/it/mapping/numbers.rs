//! Numbers: no digit is lost, none is made up.

use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::support::{value, wrong};

#[test]
fn every_number_of_the_database_is_one_number() {
    for number in [
        json!(12.5),
        json!({"$numberDecimal": "12.50"}),
        json!({"$numberDouble": "12.5"}),
    ] {
        assert_eq!(value("x", number), json!(12.5));
    }
    for number in [
        json!(72200),
        json!(72200.0),
        json!({"$numberLong": "72200"}),
        json!({"$numberInt": "72200"}),
        json!({"$numberDecimal": "7.22E+4"}),
    ] {
        assert_eq!(value("x", number).to_string(), "72200");
    }
    assert_snapshot!(wrong("x", json!({"$numberDouble": "NaN"})), @"x (for /f): is no number that can be written out; expected a text, a number, or true or false");
    assert_snapshot!(wrong("x", json!({"$numberDecimal": "12345678901234567.89"})), @"x (for /f): has more digits than a number can keep (a text can: `as: text`); expected a text, a number, or true or false");
}

#[test]
fn a_text_becomes_a_number_only_if_it_is_written_as_one() {
    let number = "{from: x, as: number}";
    assert_eq!(value(number, json!("12.50")), json!(12.5));
    assert_eq!(value(number, json!("-7")), json!(-7));
    assert_eq!(value(number, json!("0.05")), json!(0.05));
    for text in [
        "72,200", "1e3", "+5", "5.", ".5", "1.2.3", "₹ 5", "five", "٣", "-",
    ] {
        insta::allow_duplicates! {
        assert_snapshot!(wrong(number, json!(text)), @"x (for /f): is a text that is not written as a number; expected a number such as 12.50");
        }
    }
    assert_snapshot!(wrong(number, json!("010203")), @"x (for /f): begins with zeros, which a number would lose; expected a number such as 12.50");
    assert_snapshot!(wrong(number, json!(" 5")), @"x (for /f): is a text that is not written as a number; expected a number such as 12.50; it has white space around it, which `trim: true` takes away");
    assert_snapshot!(wrong(number, json!(true)), @"x (for /f): is true or false; expected a number such as 12.50");
}

#[test]
fn a_whole_number_has_no_part_to_lose() {
    let whole = "{from: x, as: integer}";
    assert_eq!(value(whole, json!("1250")), json!(1250));
    assert_eq!(value(whole, json!(1250.0)), json!(1250));
    assert_eq!(
        value(whole, json!({"$numberDecimal": "1250.00"})),
        json!(1250)
    );
    assert_snapshot!(wrong(whole, json!(1250.5)), @"x (for /f): is not a whole number of 18 digits or less; expected a whole number such as 1250");
    assert_snapshot!(wrong(whole, json!("99999999999999999999")), @"x (for /f): is not a whole number of 18 digits or less; expected a whole number such as 1250");
}

#[test]
fn units_are_brought_over_exactly() {
    assert_eq!(
        value("{from: x, divide: 100}", json!(6_100_010)).to_string(),
        "61000.1"
    );
    assert_eq!(
        value("{from: x, divide: 100}", json!(7_220_000)).to_string(),
        "72200"
    );
    assert_eq!(
        value("{from: x, divide: 100, as: integer}", json!("7220000")),
        json!(72200)
    );
    assert_eq!(
        value("{from: x, divide: 100, as: text}", json!(6_100_010)),
        json!("61000.1")
    );
    assert_eq!(
        value("{from: x, multiply: 100000}", json!(1.15)).to_string(),
        "115000"
    );
    assert_eq!(
        value(
            "{from: x, multiply: 100}",
            json!({"$numberDecimal": "0.29"})
        )
        .to_string(),
        "29"
    );
    assert_eq!(value("{from: x, divide: 12}", json!(36)), json!(3));
    assert_snapshot!(wrong("{from: x, divide: 12}", json!(37)), @"x (for /f): cannot be divided by 12 without a rest; expected a number such as 12.50");
    assert_snapshot!(wrong("{from: x, divide: 100, as: integer}", json!(150)), @"x (for /f): is not a whole number of 18 digits or less; expected a number such as 12.50");
    assert_snapshot!(wrong("{from: x, divide: 100}", json!("many")), @"x (for /f): is a text that is not written as a number; expected a number such as 12.50");
}

/// The digits of a number without its point and without zeros that mean nothing.
fn shifted(number: &Value, places: usize) -> i64 {
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    assert!(
        fraction.len() <= places,
        "{text} has digits that nobody wrote"
    );
    format!("{whole}{fraction:0<places$}")
        .parse()
        .expect("digits")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_amount_in_paise_is_the_same_amount_in_rupees(paise in -10_000_000_000_000_i64..10_000_000_000_000) {
        let rupees = value("{from: x, divide: 100}", json!(paise));
        prop_assert_eq!(shifted(&rupees, 2), paise);
        let again = value("{from: x, multiply: 100}", rupees);
        prop_assert_eq!(again, json!(paise));
        let text = value("{from: x, divide: 100, as: text}", json!({"$numberLong": paise.to_string()}));
        prop_assert_eq!(value("{from: x, multiply: 100, as: integer}", text), json!(paise));
    }

    #[test]
    fn a_double_stays_itself(double in -1e12_f64..1e12) {
        let kept = value("x", json!(double));
        prop_assert_eq!(kept.as_f64(), Some(double));
    }

    #[test]
    fn a_decimal_is_one_number_however_it_is_kept(mantissa in -1_000_000_000_i64..1_000_000_000, places in 0_u32..6) {
        let text = format!("{mantissa}E-{places}");
        let kept = value("x", json!({"$numberDecimal": text}));
        let double: f64 = text.parse().unwrap();
        prop_assert_eq!(&kept, &value("x", json!(double)));
        let plain = value("{from: x, as: text}", json!({"$numberDecimal": text}));
        prop_assert_eq!(kept, value("{from: x, as: number}", plain));
    }
}
