//! A definition that extends another.

use insta::assert_snapshot;

use crate::support::{GOOD, load_files};

const OTHER: &str = "formhand: 1\nportal: other\ntitle: Other\nextends: small.yaml\nbase: http://127.0.0.1:4600\nsession:\n  max_parallel: 4\n";

#[test]
fn holds_only_what_differs() {
    let portal = load_files(&[("other.yaml", OTHER), ("small.yaml", GOOD)]).unwrap();
    assert_eq!(portal.name.as_str(), "other");
    assert_eq!(portal.origins, ["http://127.0.0.1:4600"]);
    assert_eq!(portal.session.max_parallel, 4);
    assert_eq!(
        portal.session.login.len(),
        4,
        "session is merged key by key"
    );
    assert_eq!(portal.maps["states"]["Karnataka"], "17");
}

#[test]
fn the_version_covers_every_file() {
    let version = |base: &str| {
        load_files(&[("other.yaml", OTHER), ("small.yaml", base)])
            .unwrap()
            .version
    };
    let changed = GOOD.replace("Karnataka: \"17\"", "Karnataka: \"18\"");
    assert_ne!(version(GOOD), version(&changed));
    assert_eq!(version(GOOD).len(), 64);
}

#[test]
fn an_error_is_shown_in_the_file_that_it_is_in() {
    let wrong = GOOD.replace("click: \"#go\"", "clik: \"#go\"");
    assert_snapshot!(load_files(&[("other.yaml", OTHER), ("small.yaml", &wrong)]).unwrap_err(), @r##"
    error: `clik` is not known here
      --> small.yaml:11:7
       |
    11 |     - clik: "#go"
       |       ^
      help: did you mean `click`?
    "##);
}

#[test]
fn a_circle_and_a_missing_file_are_told() {
    let circle = OTHER.replace("small.yaml", "other.yaml");
    assert_snapshot!(load_files(&[("other.yaml", &circle)]).unwrap_err(), @r#"
    error: the definition extends itself
     --> other.yaml:4:10
      |
    4 | extends: other.yaml
      |          ^
      help: extend a definition that stands by itself
    "#);
    assert_snapshot!(load_files(&[("other.yaml", OTHER)]).unwrap_err(), @r#"
    error: small.yaml cannot be read: no such file
     --> other.yaml:4:10
      |
    4 | extends: small.yaml
      |          ^
    "#);
    let outside = OTHER.replace("small.yaml", "../../etc/passwd");
    assert_snapshot!(load_files(&[("other.yaml", &outside)]).unwrap_err(), @r#"
    error: expected the name of a file in the same folder
     --> other.yaml:4:10
      |
    4 | extends: ../../etc/passwd
      |          ^
      help: such as `extends: reliance-smartzone.yaml`
    "#);
    assert_snapshot!(load_files(&[("other.yaml", OTHER), ("", "")]).unwrap_err(), @r#"
    error: small.yaml cannot be read: no such file
     --> other.yaml:4:10
      |
    4 | extends: small.yaml
      |          ^
    "#);
}
