//! The schema for editors is the one that the program writes.

use serde_json::{Value, json};

#[test]
fn the_committed_schema_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/portal.v1.json");
    let written = serde_json::to_string_pretty(&formhand_portal::json_schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &written).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == written,
        "run with UPDATE_SCHEMA=1 to write schema/portal.v1.json anew"
    );
}

#[test]
fn the_shipped_definition_fits_the_schema() {
    let validator = jsonschema::validator_for(&formhand_portal::json_schema()).unwrap();
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../portals/reliance-smartzone.yaml"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let definition: Value = serde_saphyr::from_str(&text).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&definition)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .take(5)
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let wrong: Value = serde_saphyr::from_str("formhand: 1\nportla: x\n").unwrap();
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn whatever_is_read_as_off_fits_the_schema() {
    let validator = jsonschema::validator_for(&formhand_portal::json_schema()).unwrap();
    let fits = |heartbeat: Value| {
        let mut definition: Value = serde_saphyr::from_str(crate::support::GOOD).unwrap();
        definition["session"]["heartbeat"] = heartbeat;
        validator.is_valid(&definition)
    };
    assert!(fits(json!("off")));
    assert!(fits(json!(false)));
    assert!(fits(json!({"every": "5m"})));
    assert!(!fits(json!(true)));
    assert!(!fits(json!("5m")));
}
