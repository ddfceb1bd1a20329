//! `formhand chaos`: servers die, and every promise holds.

use serde_json::Value;

use super::support::Place;

#[test]
fn servers_that_are_killed_and_stopped_keep_every_promise() {
    let place = Place::new();
    let ran = place.run(&[
        "chaos", "--jobs", "8", "--kills", "2", "--pauses", "1", "--others", "1", "--seed", "3",
        "--json",
    ]);
    assert_eq!(ran.code(), 0, "{}\n{}", ran.stdout(), ran.stderr());
    let said: Value = serde_json::from_str(&ran.stdout()).unwrap();
    assert_eq!(said["sound"], true);
    assert_eq!(said["found"]["jobs"], 8);
    for broken in [
        "lost",
        "filedTwice",
        "falselyCompleted",
        "falselyUnfiled",
        "open",
        "leftOver",
    ] {
        assert_eq!(said["found"][broken], 0, "{broken}");
    }
    // A storm in which nothing is struck proves nothing.
    assert!(said["done"]["kills"].as_u64().unwrap() > 0, "{said}");
    assert!(said["found"]["filed"].as_u64().unwrap() > 0, "{said}");
}
