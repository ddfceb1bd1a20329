//! Records of the first portal: every rule of its data schema.

use std::sync::LazyLock;

use formhand_portal::record::RecordRules;
use insta::assert_snapshot;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::support::{practice, two_wheeler};

const TODAY: Date = date(2026, 11, 24);

static RULES: LazyLock<RecordRules> = LazyLock::new(|| two_wheeler(&practice()).record.clone());

fn rules() -> &'static RecordRules {
    &RULES
}

fn record() -> Value {
    json!({
        "vendorCode": "HN001 - Practice Vertical", "proposerTitle": "Ms.", "firstName": "Asha", "lastName": "Example",
        "dob": "14-03-1991", "gender": "female", "fatherName": "Parent", "flatNo": "1A", "road": "Sample Street",
        "areaAndLocality": "Invented Nagar", "state": "Karnataka", "pinCode": "560034", "mobile": "9000000001",
        "email": "asha@example.com", "vehicleMake": "HONDA", "vehicleModel": "ACTIVA 6G", "vehicleVariant": "STD",
        "vehicleCC": "109.51", "rtoCityLocation": "KA-01 BENGALURU KORAMANGALA", "idv": 72200,
        "manufacturingYear": 2025, "manufacturingMonth": 1, "engineNumber": "ENGINE1", "chassisNumber": "CHASSIS1",
        "purchaseDate": "05-02-2025", "registrationDate": "09-02-2025", "discount": 60, "zeroDepreciation": false,
        "tppdRestrict": false, "helmetCover": false, "paCover": false, "ownerHasLicence": true, "hasFinancier": false,
        "isRegistrationAddressSame": true,
    })
}

/// What is said of the good record with one field changed; `Null` takes the field away.
fn with(field: &str, value: Value) -> String {
    let mut record = record();
    let fields = record.as_object_mut().expect("a record");
    match value {
        Value::Null => fields.shift_remove(field),
        value => fields.insert(field.to_owned(), value),
    };
    said(&record, TODAY)
}

fn said(record: &Value, today: Date) -> String {
    match rules().check(record, today) {
        Ok(()) => "(nothing)".to_owned(),
        Err(errors) => errors
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

#[test]
fn a_whole_record_is_taken() {
    assert_eq!(said(&record(), TODAY), "(nothing)");
}

#[test]
fn kf11_every_missing_field_is_named_at_once_and_none_is_made_up() {
    assert_snapshot!(said(&json!({}), TODAY), @r#"
    /vendorCode: is missing; expected a text
    /proposerTitle: is missing; expected one of "Mr.", "Mrs.", "Ms.", "Dr."
    /firstName: is missing; expected up to 30 letters, spaces, periods and apostrophes
    /lastName: is missing; expected up to 30 letters, spaces, periods and apostrophes
    /dob: is missing; expected a date such as 31-12-1990, day-month-year
    /gender: is missing; expected a word of the code list `genders`
    /fatherName: is missing; expected up to 30 letters, spaces, periods and apostrophes
    /flatNo: is missing; expected up to 40 letters, digits, spaces and ~ # * - / .
    /road: is missing; expected up to 40 letters, digits, spaces and ~ # * - / .
    /areaAndLocality: is missing; expected up to 40 letters, digits, spaces and ~ # * - / .
    /state: is missing; expected a word of the code list `states`
    /pinCode: is missing; expected 6 digits
    /mobile: is missing; expected 10 digits that start with 6, 7, 8 or 9
    /email: is missing; expected an e-mail address such as asha@example.com
    /vehicleMake: is missing; expected a text
    /vehicleModel: is missing; expected a text
    /vehicleVariant: is missing; expected a text
    /vehicleCC: is missing; expected a text or a number
    /rtoCityLocation: is missing; expected a text
    /idv: is missing; expected a whole number
    /manufacturingYear: is missing; expected a year such as 2026
    /manufacturingMonth: is missing; expected a word of the code list `months`
    /engineNumber: is missing; expected 1 to 25 letters and digits
    /chassisNumber: is missing; expected 1 to 25 letters and digits
    /purchaseDate: is missing; expected a date such as 31-12-1990, day-month-year
    /registrationDate: is missing; expected a date such as 31-12-1990, day-month-year
    /discount: is missing; expected a number from -100 to 100 that is not 0
    /zeroDepreciation: is missing; expected true or false
    /tppdRestrict: is missing; expected true or false
    /helmetCover: is missing; expected true or false
    /paCover: is missing; expected true or false
    /hasFinancier: is missing; expected true or false
    /isRegistrationAddressSame: is missing; expected `true`: a registration address of its own is not part of this flow yet
    "#);
}

#[test]
fn kf12_vehicle_fields_are_checked() {
    assert_snapshot!(with("chassisNumber", json!("AB-12 34")), @"/chassisNumber: must be 1 to 25 letters and digits");
    assert_snapshot!(with("chassisNumber", json!("A".repeat(26))), @"/chassisNumber: must be 1 to 25 letters and digits");
    assert_snapshot!(with("engineNumber", Value::Null), @"/engineNumber: is missing; expected 1 to 25 letters and digits");
    assert_snapshot!(with("manufacturingYear", json!("25")), @"/manufacturingYear: must be a year such as 2026");
    assert_snapshot!(with("manufacturingMonth", json!(13)), @r#"/manufacturingMonth: is not a word of the code list `months`; its 24 words are "1", "10", "11", "12", "2", "3", "4", "5" and so on"#);
    assert_snapshot!(with("idv", json!(0)), @"/idv: must be more than 0");
    assert_snapshot!(with("idv", json!("72200")), @"/idv: must be a whole number");
    assert_snapshot!(with("vehicleCC", json!("about 110")), @"/vehicleCC: must look like ^[0-9]+([.][0-9]+)?$");
    assert_snapshot!(with("discount", json!(0)), @"/discount: must be a number from -100 to 100 that is not 0");
    assert_eq!(with("manufacturingYear", json!("2025")), "(nothing)");
    assert_eq!(with("manufacturingMonth", json!("November")), "(nothing)");
    assert_eq!(with("discount", json!(-12.5)), "(nothing)");
}

#[test]
fn kf13_an_unknown_state_is_an_error_and_never_another_state() {
    assert_snapshot!(with("state", json!("Tamilnadu")), @r#"/state: "Tamilnadu" is not a word of the code list `states`; did you mean "Tamil Nadu"?"#);
    assert_snapshot!(with("state", json!("Atlantis")), @r#"/state: is not a word of the code list `states`; its 37 words are "Andaman & Nicobar", "Andhra Pradesh", "Arunachal Pradesh", "Assam", "Bihar", "Chandigarh", "Chhattisgarh", "Dadra & Nagar Haveli" and so on"#);
    assert_snapshot!(with("state", json!(17)), @"/state: must be a text");
}

#[test]
fn kf17_a_date_is_day_month_year_and_real() {
    assert_snapshot!(with("dob", json!("03-14-1991")), @"/dob: must be a real date, day-month-year, such as 31-12-1990");
    assert_snapshot!(with("dob", json!("1991-03-14")), @"/dob: must be a real date, day-month-year, such as 31-12-1990");
    assert_snapshot!(with("dob", json!("31-02-1991")), @"/dob: must be a real date, day-month-year, such as 31-12-1990");
    assert_snapshot!(with("dob", json!("14-03-1991T00:00:00Z")), @"/dob: must be a real date, day-month-year, such as 31-12-1990");
    assert_snapshot!(with("purchaseDate", json!("5-2-2025")), @"/purchaseDate: must be a real date, day-month-year, such as 31-12-1990");
}

#[test]
fn kf17_an_age_is_counted_in_the_portals_days() {
    let mut young = record();
    young["dob"] = json!("25-11-2008");
    // Eighteen tomorrow: while it is still the 24th at the portal, whatever the server's clock says.
    assert_snapshot!(said(&young, date(2026, 11, 24)), @"/dob: makes an age that is not from 18 to 70 years on 2026-11-24");
    assert_eq!(said(&young, date(2026, 11, 25)), "(nothing)");
    let mut old = record();
    old["dob"] = json!("24-11-1955");
    assert_snapshot!(said(&old, TODAY), @"/dob: makes an age that is not from 18 to 70 years on 2026-11-24");
    old["dob"] = json!("25-11-1955");
    assert_eq!(said(&old, TODAY), "(nothing)");
    let mut leap = record();
    leap["dob"] = json!("29-02-2008");
    assert_ne!(said(&leap, date(2026, 2, 28)), "(nothing)");
    assert_eq!(said(&leap, date(2026, 3, 1)), "(nothing)");
}

#[test]
fn a_person_is_checked() {
    assert_snapshot!(with("firstName", json!("Asha2")), @"/firstName: must be up to 30 letters, spaces, periods and apostrophes");
    assert_snapshot!(with("gender", json!("f")), @r#"/gender: is not a word of the code list `genders`; its words are "female", "male", "other""#);
    assert_snapshot!(with("pinCode", json!("56003")), @"/pinCode: must be exactly 6 digits, without spaces or signs");
    assert_snapshot!(with("pinCode", json!(560_034)), @"/pinCode: must be a text");
    assert_snapshot!(with("mobile", json!("5000000001")), @"/mobile: must be 10 digits that start with 6, 7, 8 or 9");
    assert_snapshot!(with("mobile", json!("+91 90000 00001")), @"/mobile: must be 10 digits that start with 6, 7, 8 or 9");
    assert_snapshot!(with("email", json!("asha.example.com")), @"/email: must be an e-mail address such as asha@example.com");
    assert_snapshot!(with("aadhar", json!("1234 5678 9012")), @"/aadhar: must be exactly 12 digits, without spaces or signs");
    assert_snapshot!(with("flatNo", json!("Flat #4; DROP")), @"/flatNo: must be up to 40 letters, digits, spaces and ~ # * - / .");
    assert_eq!(with("lastName", json!("D'Example")), "(nothing)");
}

#[test]
fn kf22_a_field_that_does_not_exist_is_named_and_not_missed_later() {
    assert_snapshot!(with("pincode", json!("560034")), @"/pincode: is not a field of this record; did you mean `pinCode`?");
    assert_snapshot!(with("somethingElse", json!(1)), @r#"/somethingElse: is not a field of this record; valid: vendorCode, proposerTitle, firstName, middleName, lastName, dob, gender, fatherTitle, fatherName, flatNo, floorNo, premisesName, blockNo, road, areaAndLocality, state, pinCode, pinCodeEntry, mobile, email, aadhar, vehicleMake, vehicleModel, vehicleVariant, vehicleCC, rtoCityLocation, idv, idvRangeFrom, idvRangeTo, manufacturingYear and 24 more"#);
    assert_snapshot!(said(&json!([1, 2]), TODAY), @": must be a group of fields");
    let mut null = record();
    null["middleName"] = Value::Null;
    assert_snapshot!(said(&null, TODAY), @"/middleName: must be up to 30 letters, spaces, periods and apostrophes");
}

#[test]
fn what_one_field_asks_of_others() {
    assert_snapshot!(with("hasFinancier", json!(true)), @r#"
    /financierType: is missing, and needed because hasFinancier is true; expected a word of the code list `financier_types`
    /financierName: is missing, and needed because hasFinancier is true; expected a text
    /financierAddress: is missing, and needed because hasFinancier is true; expected a text
    "#);
    assert_snapshot!(with("paCover", json!(true)), @r#"
    /nomineeName: is missing, and needed because paCover is true; expected up to 30 letters, spaces, periods and apostrophes
    /nomineeRelation: is missing, and needed because paCover is true; expected a word of the code list `relations`
    /nomineeDob: is missing, and needed because paCover is true; expected a date such as 31-12-1990, day-month-year
    "#);
    assert_snapshot!(with("ownerHasLicence", Value::Null), @"/ownerHasLicence: is missing, and needed because paCover is false; expected true or false");
    assert_snapshot!(with("nomineeRelation", json!("Others")), @r#"/otherRelationName: is missing, and needed because nomineeRelation is "Others"; expected up to 30 letters, spaces, periods and apostrophes"#);
    assert_snapshot!(with("isRegistrationAddressSame", json!(false)), @"/isRegistrationAddressSame: must be `true`: a registration address of its own is not part of this flow yet");
    assert_snapshot!(with("paCoverCompany", json!("Brisk")), @"/paCoverCompany: must be `Company`: cover from another vendor is not bought by this flow");
}

#[test]
fn kf43_an_error_does_not_repeat_a_personal_value() {
    let secrets = ["Zaphod9", "99887", "zaphod(at)nowhere"];
    let fields = ["firstName", "mobile", "email"];
    for (field, secret) in fields.iter().zip(secrets) {
        assert!(!with(field, json!(secret)).contains(secret), "{field}");
    }
    assert!(!format!("{:?}", rules()).contains("Asha"));
}

#[test]
fn kf43_what_a_picture_must_not_show() {
    let found = rules().sensitive(&record());
    for value in [
        "Asha",
        "Example",
        "14-03-1991",
        "9000000001",
        "asha@example.com",
        "72200",
        "CHASSIS1",
    ] {
        assert!(found.iter().any(|masked| masked == value), "{value}");
    }
    for value in ["Karnataka", "female", "HONDA", "1A", "60"] {
        assert!(!found.iter().any(|masked| masked == value), "{value}");
    }
}
