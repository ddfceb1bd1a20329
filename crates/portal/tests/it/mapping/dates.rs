//! Dates: which number is the month and which zone a day belongs to is said, never guessed.

use insta::assert_snapshot;
use serde_json::json;

use super::support::{record_said, value, wrong};

#[test]
fn kf17_day_and_month_are_where_the_mapping_says() {
    assert_eq!(
        value("{from: x, date: dd/MM/yyyy}", json!("05/02/2026")),
        json!("2026-02-05")
    );
    assert_eq!(
        value("{from: x, date: MM/dd/yyyy}", json!("05/02/2026")),
        json!("2026-05-02")
    );
    assert_eq!(
        value(
            "{from: x, date: {read: dd/MM/yyyy, write: dd-MM-yyyy}}",
            json!("05/02/2026")
        ),
        json!("05-02-2026")
    );
    assert_eq!(
        value("{from: x, date: dd-MMM-yyyy}", json!("05-FEB-2026")),
        json!("2026-02-05")
    );
    assert_eq!(
        value("{from: x, date: yyyyMMdd}", json!("20260205")),
        json!("2026-02-05")
    );
    assert_snapshot!(wrong("{from: x, date: dd/MM/yyyy}", json!("12/31/2026")), @"x (for /f): is not such a date; expected a date written dd/MM/yyyy, such as 31/12/1990");
    assert_snapshot!(wrong("{from: x, date: dd/MM/yyyy}", json!("31/02/2026")), @"x (for /f): is not such a date; expected a date written dd/MM/yyyy, such as 31/12/1990");
    assert_snapshot!(wrong("{from: x, date: dd/MM/yyyy}", json!("5/2/26")), @"x (for /f): is not such a date; expected a date written dd/MM/yyyy, such as 31/12/1990");
    assert_snapshot!(wrong("{from: x, date: dd/MM/yyyy}", json!({"$date": "2026-02-05T00:00:00Z"})), @"x (for /f): is a date with a time; expected a date written dd/MM/yyyy, such as 31/12/1990");
}

#[test]
fn kf17_a_moment_is_the_day_of_the_zone_that_is_named() {
    let late = json!({"$date": "2026-01-04T20:15:00Z"});
    assert_eq!(
        value(
            "{from: x, date: {read: datetime, zone: Asia/Kolkata}}",
            late.clone()
        ),
        json!("2026-01-05")
    );
    assert_eq!(
        value("{from: x, date: {read: datetime, zone: UTC}}", late),
        json!("2026-01-04")
    );
    let text = json!("2026-01-05T01:45:00+05:30");
    assert_eq!(
        value("{from: x, date: {read: datetime, zone: UTC}}", text),
        json!("2026-01-04")
    );
    let before_1970 = json!({"$date": {"$numberLong": "-599616000000"}});
    assert_eq!(
        value("{from: x, date: {read: datetime, zone: UTC}}", before_1970),
        json!("1951-01-01")
    );
    assert_snapshot!(wrong("{from: x, date: {read: datetime, zone: UTC}}", json!("2026-01-05T09:00:00")), @"x (for /f): is a text that is not written as a moment; expected a date with a time, such as 2026-01-05T09:00:00Z");
    assert_snapshot!(wrong("{from: x, date: {read: datetime, zone: UTC}}", json!({"$date": "soon"})), @"x (for /f): is a date that no calendar has; expected a date with a time, such as 2026-01-05T09:00:00Z");
    assert_snapshot!(wrong("{from: x, date: {read: datetime, zone: UTC}}", json!({"$date": "0001-01-01T00:00:00Z"})), @"x (for /f): is a date before the year 1000; expected a date with a time, such as 2026-01-05T09:00:00Z");
}

#[test]
fn kf17_a_birth_date_that_is_no_midnight_in_its_zone_is_a_problem_and_not_the_day_before() {
    let india = "{from: x, date: {read: midnight, zone: Asia/Kolkata}}";
    assert_eq!(
        value(india, json!({"$date": "1991-03-13T18:30:00Z"})),
        json!("1991-03-14")
    );
    assert_snapshot!(wrong(india, json!({"$date": "1991-03-14T00:00:00Z"})), @"x (for /f): is not the beginning of a day in Asia/Kolkata; expected the moment at which a day begins");
    let utc = "{from: x, date: {read: midnight, zone: UTC}}";
    assert_eq!(
        value(utc, json!({"$date": "1991-03-14T00:00:00Z"})),
        json!("1991-03-14")
    );
    assert_snapshot!(wrong(utc, json!({"$date": "1991-03-13T18:30:00Z"})), @"x (for /f): is not the beginning of a day in UTC; expected the moment at which a day begins");
    // This day began at one o'clock: the clocks were put forward at midnight.
    let cuba = "{from: x, date: {read: midnight, zone: America/Havana}}";
    assert_eq!(
        value(cuba, json!({"$date": "2024-03-10T05:00:00Z"})),
        json!("2024-03-10")
    );
}

#[test]
fn seconds_and_milliseconds_since_1970_are_moments() {
    let seconds = "{from: x, date: {read: epoch_seconds, zone: Asia/Kolkata}}";
    assert_eq!(value(seconds, json!(1_767_557_700)), json!("2026-01-05"));
    assert_eq!(value(seconds, json!(1_767_557_700.0)), json!("2026-01-05"));
    let millis = "{from: x, date: {read: epoch_milliseconds, zone: UTC}}";
    assert_eq!(
        value(millis, json!({"$numberLong": "1767557700000"})),
        json!("2026-01-04")
    );
    assert_snapshot!(wrong(seconds, json!(1_767_557_700_000_i64)), @"x (for /f): is a moment that no calendar has; expected the seconds since 1970");
    assert_snapshot!(wrong(millis, json!("1767557700000")), @"x (for /f): is a text; expected the milliseconds since 1970");
    assert_snapshot!(wrong(millis, json!(0.5)), @"x (for /f): is not a whole number; expected the milliseconds since 1970");
}

#[test]
fn a_date_is_said_in_full() {
    assert_snapshot!(record_said("f: {from: x, date: {read: datetime}}"), @"
    error: a moment is another day in another time zone, and no zone is named
     --> policy.yaml:6:29
      |
    6 |   f: {from: x, date: {read: datetime}}
      |                             ^
      help: such as `date: {read: datetime, zone: Asia/Kolkata}`
    ");
    assert_snapshot!(record_said("f: {from: x, date: {read: midnight, zone: Asia/Bangalore}}"), @r#"
    error: "Asia/Bangalore" is not a time zone that this machine knows
     --> policy.yaml:6:45
      |
    6 |   f: {from: x, date: {read: midnight, zone: Asia/Bangalore}}
      |                                             ^
      help: an IANA name such as Asia/Kolkata
    "#);
    assert_snapshot!(record_said("f: {from: x, date: {read: dd/MM/yyyy, zone: UTC}}"), @"
    error: a written day is the same in every zone
     --> policy.yaml:6:47
      |
    6 |   f: {from: x, date: {read: dd/MM/yyyy, zone: UTC}}
      |                                               ^
      help: leave `zone` out
    ");
}

#[test]
fn an_unknown_form_of_dates_names_the_known_ones_and_suggests_no_other_order() {
    assert_snapshot!(record_said("f: {from: x, date: dd/mm/yyyy}"), @r#"
    error: "dd/mm/yyyy" is not a form of dates that is known here
     --> policy.yaml:6:22
      |
    6 |   f: {from: x, date: dd/mm/yyyy}
      |                      ^
      help: did you mean `dd/MM/yyyy`?
    "#);
    assert_snapshot!(record_said("f: {from: x, date: {read: yyyy-MM-dd, write: datetime}}"), @r#"
    error: "datetime" is not a form of dates that is known here
     --> policy.yaml:6:48
      |
    6 |   f: {from: x, date: {read: yyyy-MM-dd, write: datetime}}
      |                                                ^
      help: valid: yyyy-MM-dd, yyyy/MM/dd, yyyyMMdd, dd-MM-yyyy, dd/MM/yyyy, dd.MM.yyyy, dd-MMM-yyyy, dd/MMM/yyyy, dd MMM yyyy, MM-dd-yyyy, MM/dd/yyyy
    "#);
}
