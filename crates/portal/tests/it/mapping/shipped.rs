//! The example that this project ships, the documents that describe it, and the schema for editors.

use std::path::{Path, PathBuf};

use formhand_portal::mapping::{Mapping, json_schema, load};
use insta::assert_snapshot;
use jiff::civil::date;
use serde_json::Value;

use crate::support::{practice, two_wheeler};

fn file(name: &str) -> (PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name);
    let text = std::fs::read_to_string(&path).expect(name);
    (path, text)
}

fn example() -> Mapping {
    let (path, text) = file("examples/intake/two-wheeler.yaml");
    load(&path, &text).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

fn document() -> Value {
    serde_json::from_str(&file("examples/intake/document.json").1).expect("JSON")
}

#[test]
fn the_example_fits_the_practice_portal() {
    example()
        .check_against(&practice())
        .unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
}

#[test]
fn the_example_document_becomes_a_record_that_the_flow_takes() {
    let mapped = example()
        .map(&document())
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(mapped.caller_id.as_str(), "65a1b2c3d4e5f60718293a4b");
    assert_eq!(mapped.account.as_str(), "main");
    let record = Value::Object(mapped.record);
    let portal = practice();
    let judged = two_wheeler(&portal)
        .record
        .check(&record, date(2026, 11, 24));
    assert_eq!(judged, Ok(()));
    assert_snapshot!(serde_json::to_string(&record).unwrap(), @r#"{"vendorCode":"HN001 - Practice Vertical","proposerTitle":"Ms.","firstName":"Asha","lastName":"Example","dob":"14-03-1991","gender":"female","fatherName":"Parent","flatNo":"1A","road":"Sample Street","areaAndLocality":"Invented Nagar","state":"Karnataka","pinCode":"560034","mobile":"9000000001","email":"asha@example.com","vehicleMake":"HONDA","vehicleModel":"ACTIVA 6G","vehicleVariant":"STD","vehicleCC":"109.51","rtoCityLocation":"KA-01 BENGALURU KORAMANGALA","idv":72200,"manufacturingYear":2025,"manufacturingMonth":1,"engineNumber":"ENGINE000021","chassisNumber":"INTAKECHASSIS0001","purchaseDate":"05-02-2025","registrationDate":"09-02-2025","discount":60,"zeroDepreciation":false,"tppdRestrict":false,"helmetCover":false,"paCover":true,"nomineeName":"Dev Placeholder","nomineeRelation":"Husband","nomineeDob":"17-08-1978","hasFinancier":false,"isRegistrationAddressSame":true}"#);
}

#[test]
fn the_committed_schema_is_up_to_date() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../schema/mapping.schema.json"
    );
    let written = serde_json::to_string_pretty(&json_schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &written).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == written,
        "run with UPDATE_SCHEMA=1 to write schema/mapping.schema.json anew"
    );
}

#[test]
fn the_example_fits_the_schema_and_a_slip_does_not() {
    let validator = jsonschema::validator_for(&json_schema()).unwrap();
    let (_, text) = file("examples/intake/two-wheeler.yaml");
    let shown = fenced(&file("docs/INTAKE.md").1, "yaml").swap_remove(0);
    for text in [&text, &shown] {
        let whole: Value = serde_saphyr::from_str(text).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&whole)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
    for (right, wrong) in [
        ("divide: 100", "divde: 100"),
        ("read: midnight", "read: midnite"),
        ("path: status", "pth: status"),
        ("as: text", "as: txt"),
    ] {
        assert!(text.contains(right));
        let slip: Value = serde_saphyr::from_str(&text.replacen(right, wrong, 1)).unwrap();
        assert!(!validator.is_valid(&slip), "{wrong}");
    }
}

/// What stands in the fences of this language.
fn fenced(text: &str, language: &str) -> Vec<String> {
    let open = format!("```{language}\n");
    text.split(&open)
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_mapping_that_the_documentation_shows_does_what_it_says() {
    let (path, text) = file("docs/INTAKE.md");
    let mappings = fenced(&text, "yaml");
    let documents = fenced(&text, "json");
    let mapping = load(&path, &mappings[0]).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let document: Value = serde_json::from_str(&documents[0]).unwrap();
    let expected: Value = serde_json::from_str(&documents[1]).unwrap();
    let mapped = mapping
        .map(&document)
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(Value::Object(mapped.record), expected);
    let broken: Value = serde_json::from_str(&documents[2]).unwrap();
    let told = fenced(&text, "text");
    assert_eq!(
        mapping.map(&broken).unwrap_err().to_string(),
        told[0].trim_end()
    );
}
