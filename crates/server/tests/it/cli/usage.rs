//! Mistakes on the command line.

use super::support::Place;

#[test]
fn an_unknown_command_is_answered_with_the_valid_ones() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["sreve"]).complaint(), @"
    exit 2
    error: unrecognized subcommand 'sreve'

      tip: some similar subcommands exist: 'secret', 'serve'

    Usage: formhand [OPTIONS] <COMMAND>

    For more information, try '--help'.

    hint: the commands here are serve, practice, demo, chaos, job, evidence, intake, portal, question, account, session, alert, webhook, node, store, audit, migrate, key, secret, token, config, api, doctor, completions
    ");
    insta::assert_snapshot!(place.run(&["job", "lst"]).complaint(), @"
    exit 2
    error: unrecognized subcommand 'lst'

      tip: a similar subcommand exists: 'list'

    Usage: formhand job [OPTIONS] <COMMAND>

    For more information, try '--help'.

    hint: the commands here are submit, list, show, evidence, watch, retry, resolve, verify, take-over, cancel, hold, release
    ");
}

#[test]
fn bad_values_are_answered_with_what_would_be_right() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["job", "list", "--status", "done"]).complaint(), @r#"
    exit 2
    error: invalid value 'done' for '--status <STATUS>': "done" is not known: expected one of pending, processing, completed, completed_with_errors, failed_login_form, failed_post_submission, failed_validation, failed_duplicate, on_hold, needs_review, cancelled

    For more information, try '--help'.
    "#);
    insta::assert_snapshot!(place.run(&["job", "watch", "7"]).complaint(), @r#"
    exit 2
    error: invalid value '7' for '<ID>...': "7" is not a job id: expected 26 letters and digits such as 01JD8Z7K3N5Q2V6W9X0Y1A2B3C

    For more information, try '--help'.
    "#);
    insta::assert_snapshot!(place.run(&["job", "submit", "x.csv", "--portal", "My Portal"]).complaint(), @r#"
    exit 2
    error: invalid value 'My Portal' for '--portal <PORTAL>': portal "My Portal" is not valid: expected 1 to 64 lower-case letters, digits and hyphens

    For more information, try '--help'.
    "#);
    insta::assert_snapshot!(place.run(&["job", "submit", "x.csv", "--format", "xml"]).complaint(), @"
    exit 2
    error: invalid value 'xml' for '--format <FORMAT>'
      [possible values: json, jsonl, csv]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(place.run(&["serve", "--listen", "7070"]).complaint(), @"
    exit 2
    error: invalid value '7070' for '--listen <ADDRESS>': expected an IP address and a port such as 127.0.0.1:7070

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(place.run(&["account", "forgive", "main"]).complaint(), @"
    exit 2
    error: invalid value 'main' for '<PORTAL/NAME>': expected PORTAL/NAME, such as practice/main

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(place.run(&["practice", "--delays", "fast"]).complaint(), @"
    exit 2
    error: invalid value 'fast' for '--delays <DELAYS>': expected a number from 0 to 10

    For more information, try '--help'.
    ");
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
    insta::assert_snapshot!(place.run(&["job", "list"]).complaint(), @"
    exit 4
    error: no server serves the data folder data

    hint: start one with `formhand serve`, or name one with --server or --data
    ");
    let nobody = ["job", "list", "--server", "http://127.0.0.1:9"];
    insta::assert_snapshot!(place.run(&nobody).complaint(), @"
    exit 4
    error: cannot reach the server at http://127.0.0.1:9/: Connection refused (os error 111)

    hint: start it with `formhand serve`, or name another with --server
    ");
    let secure = ["job", "list", "--server", "https://forms.example"];
    insta::assert_snapshot!(place.run(&secure).complaint(), @"
    exit 2
    error: cannot speak to https://forms.example/: only plain http is built in

    hint: use http://127.0.0.1:PORT, through a tunnel if the server is elsewhere
    ");
}
