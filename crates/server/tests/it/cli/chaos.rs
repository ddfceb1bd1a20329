//! `formhand chaos`: servers die, and every promise holds; without the gate one does not, and that is found.

use serde_json::Value;

use super::support::{Place, Ran};

/// Runs it, and says what came of it.
fn chaos(arguments: &str) -> (Ran, Value) {
    let place = Place::new();
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let arguments = [&["chaos", "--json"], &arguments[..]].concat();
    // What it keeps when a promise is broken is not kept any longer than this test.
    let mut command = place.command(&arguments);
    let ran = Ran(command.env("TMPDIR", place.path("")).output().unwrap());
    let said = serde_json::from_str(&ran.stdout());
    let said = said.unwrap_or_else(|_| panic!("{}\n{}", ran.stdout(), ran.stderr()));
    (ran, said)
}

#[test]
fn servers_that_are_killed_and_stopped_keep_every_promise() {
    let (ran, said) = chaos("--jobs 8 --kills 2 --pauses 1 --others 8 --seed 3");
    assert_eq!(
        (ran.code(), &said["sound"]),
        (0, &Value::Bool(true)),
        "{said}"
    );
    let found = &said["found"];
    assert!(found["jobs"].as_u64() >= Some(8), "{said}");
    for broken in [
        "lost",
        "filedTwice",
        "falselyCompleted",
        "falselyUnfiled",
        "open",
        "takenTwice",
        "toldWrongly",
        "leftOver",
    ] {
        assert_eq!(found[broken], 0, "{broken}");
    }
    for broken in ["missing", "foreign"] {
        assert_eq!(found["proofs"][broken], 0, "{broken}");
    }
    assert_eq!(found["unknown"], found["settled"]);
    // A storm in which nothing is struck, or nothing filed, proves nothing.
    let counts = [
        ("kills", 2),
        ("pauses", 1),
        ("browsers", 2),
        ("renderers", 1),
    ];
    let more = [
        ("networks", 1),
        ("expiries", 1),
        ("cuts", 2),
        ("fullDisks", 1),
    ];
    for (name, count) in counts.into_iter().chain(more) {
        assert_eq!(said["done"][name], count, "{name}");
    }
    assert!(found["filed"].as_u64() > Some(0), "{said}");
    assert!(found["proofs"]["documents"].as_u64() > Some(0), "{said}");
}

#[test]
fn two_servers_and_a_database_that_fails_keep_every_promise() {
    let servers = "--store mongodb --nodes 2 --workers 1";
    let storm = "--jobs 6 --kills 2 --pauses 1 --others 2 --databases 3 --seed 5";
    let (ran, said) = chaos(&format!("{servers} {storm}"));
    assert_eq!(
        (ran.code(), &said["sound"]),
        (0, &Value::Bool(true)),
        "{said}\n{}",
        ran.stderr()
    );
    let found = &said["found"];
    assert!(found["jobs"].as_u64() >= Some(6), "{said}");
    assert!(found["filed"].as_u64() > Some(0), "{said}");
    for broken in ["lost", "filedTwice", "healersAtOnce", "loginsTooMany"] {
        assert_eq!(found[broken], 0, "{broken}");
    }
    assert_eq!(said["done"]["databases"], 3);
}

#[test]
fn without_the_gate_forms_are_filed_twice_and_that_is_found() {
    let storm = "--without-gate --at-the-submit --jobs 4 --kills 3 --pauses 0 --others 0 --seed 1";
    let (ran, said) = chaos(storm);
    assert_eq!(
        (ran.code(), &said["sound"]),
        (1, &Value::Bool(false)),
        "{said}"
    );
    assert!(said["found"]["filedTwice"].as_u64() > Some(0), "{said}");
}
