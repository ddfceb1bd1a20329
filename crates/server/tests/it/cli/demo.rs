//! The demo, with real browsers: the whole way from a CSV file to the portal's ledger.

use serde_json::Value;

use super::support::Place;

#[test]
fn the_demo_files_every_customer_once_and_proves_it() {
    // In a folder of its own: what is embedded must be enough.
    let place = Place::new();
    let mut command = place.command(&["demo", "--delays", "0", "--json"]);
    let ran = command.env("TMPDIR", place.path("")).output().unwrap();
    let talk = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{talk}");
    let answer: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(answer["agrees"], true);
    assert_eq!(answer["ledger"].as_array().unwrap().len(), 8);
    let statuses: Vec<&str> = answer["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| job["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses[..8], ["completed"; 8]);
    assert_eq!(
        statuses[8..],
        [
            "failed_validation",
            "failed_validation",
            "failed_duplicate",
            "failed_post_submission"
        ]
    );
    for word in ["customers", "The portal's own ledger agrees", "Try next"] {
        assert!(talk.contains(word), "{word}: {talk}");
    }
}
