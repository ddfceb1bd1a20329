//! Mistakes on the command line.

use super::support::Place;

#[test]
fn an_unknown_command_is_answered_with_the_valid_ones() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["sreve"]).complaint(), @"");
    insta::assert_snapshot!(place.run(&["job", "lst"]).complaint(), @"");
}

#[test]
fn bad_values_are_answered_with_what_would_be_right() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["job", "list", "--status", "done"]).complaint(), @"");
    insta::assert_snapshot!(place.run(&["job", "watch", "7"]).complaint(), @"");
    insta::assert_snapshot!(place.run(&["job", "submit", "x.csv", "--portal", "My Portal"]).complaint(), @"");
    insta::assert_snapshot!(place.run(&["job", "submit", "x.csv", "--format", "xml"]).complaint(), @"");
    insta::assert_snapshot!(place.run(&["serve", "--listen", "7070"]).complaint(), @"");
    insta::assert_snapshot!(place.run(&["account", "forgive", "main"]).complaint(), @"");
    insta::assert_snapshot!(place.run(&["practice", "--delays", "fast"]).complaint(), @"");
    let fault = place.run(&["practice", "--fault", r#"{"fault":"slwo"}"#]);
    assert_eq!(fault.code(), 2);
    assert!(
        fault
            .stderr()
            .contains("unknown variant `slwo`, expected one of"),
        "{}",
        fault.stderr()
    );
}

#[test]
fn without_a_server_the_commands_say_how_to_get_one() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["job", "list"]).complaint(), @"");
    let nobody = ["job", "list", "--server", "http://127.0.0.1:9"];
    insta::assert_snapshot!(place.run(&nobody).complaint(), @"");
    let secure = ["job", "list", "--server", "https://forms.example"];
    insta::assert_snapshot!(place.run(&secure).complaint(), @"");
}
