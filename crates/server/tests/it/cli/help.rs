//! What the help says.

use super::support::Place;

#[test]
fn the_help_lists_the_commands() {
    let place = Place::new();
    let help = place.run(&["--help"]);
    assert_eq!(help.code(), 0);
    insta::assert_snapshot!(help.stdout(), @"");
}

#[test]
fn the_exit_codes_are_documented() {
    let place = Place::new();
    let help = place.run(&["help", "exit-codes"]).stdout();
    let table = place.run(&["exit-codes"]).stdout();
    assert!(help.contains(table.trim()), "{help}");
    insta::assert_snapshot!(table, @"");
}

#[test]
fn submit_explains_itself() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["job", "submit", "-h"]).stdout(), @"");
}

#[test]
fn completions_are_for_this_binary() {
    let place = Place::new();
    let script = place.run(&["completions", "bash"]);
    assert_eq!(script.code(), 0);
    assert!(script.stdout().contains("formhand"));
}
