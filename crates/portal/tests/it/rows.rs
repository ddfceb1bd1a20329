//! Rows of tables become records.

use formhand_portal::record::FieldError;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{practice, two_wheeler};

fn row(cells: &[(&str, &str)]) -> Result<Value, Vec<FieldError>> {
    let portal = practice();
    let flow = two_wheeler(&portal);
    let (headers, row): (Vec<String>, Vec<String>) = cells
        .iter()
        .map(|(header, cell)| ((*header).to_owned(), (*cell).to_owned()))
        .unzip();
    flow.record.from_row(&headers, &row)
}

fn said(cells: &[(&str, &str)]) -> String {
    let errors = row(cells).expect_err("refused");
    errors
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_cell_becomes_what_the_schema_says() {
    let record = row(&[
        ("firstName", " Asha "),
        ("pinCode", "010203"),
        ("idv", "72200"),
        ("discount", "60"),
        ("paCover", "TRUE"),
        ("vehicleCC", "97.20"),
        ("manufacturingMonth", "1"),
    ]);
    let expected = json!({
        "firstName": "Asha", "pinCode": "010203", "idv": 72200, "discount": 60, "paCover": true,
        "vehicleCC": "97.20", "manufacturingMonth": "1",
    });
    assert_eq!(record, Ok(expected));
}

#[test]
fn kf39_an_empty_cell_is_a_field_that_is_absent() {
    assert_eq!(
        row(&[("firstName", "Asha"), ("middleName", "  ")]),
        Ok(json!({"firstName": "Asha"}))
    );
}

#[test]
fn what_cannot_be_is_told_for_every_cell() {
    assert_snapshot!(said(&[("idv", "72,200"), ("paCover", "yes"), ("discount", "many")]), @r#"
    /idv: must be a whole number, without separators
    /paCover: must be true or false
    /discount: must be a number, without separators
    "#);
}

#[test]
fn an_unknown_column_is_not_passed_over() {
    assert_snapshot!(said(&[("pincode", "560034"), ("whatever", "1")]), @r#"
    /pincode: is not a column of this table; did you mean `pinCode`?
    /whatever: is not a column of this table; valid: vendorCode, proposerTitle, firstName, middleName, lastName, dob, gender, fatherTitle, fatherName, flatNo, floorNo, premisesName, blockNo, road, areaAndLocality, state, pinCode, pinCodeEntry, mobile, email, aadhar, vehicleMake, vehicleModel, vehicleVariant, vehicleCC, rtoCityLocation, idv, idvRangeFrom, idvRangeTo, manufacturingYear and 24 more
    "#);
    assert_snapshot!(said(&[("idv", "1"), ("idv", "2")]), @"/idv: is a column that stands here twice");
}

#[test]
fn a_row_of_another_length_is_refused() {
    let portal = practice();
    let flow = two_wheeler(&portal);
    let errors = flow.record.from_row(&["idv".to_owned()], &[]).unwrap_err();
    assert_snapshot!(errors[0].message, @"the row has 0 cells and the table 1 columns");
}
