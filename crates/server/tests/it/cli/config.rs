//! The configuration.

use super::support::Place;

#[test]
fn mistakes_are_shown_where_they_are() {
    let place = Place::new();
    place.file("formhand.toml", "workers = 3\nlisten = \"127.0.0.1\"\n");
    insta::assert_snapshot!(place.run(&["serve"]).complaint(), @r#"
    exit 3
    error: formhand.toml:2:10: "127.0.0.1" is not valid: expected an IP address and a port such as "127.0.0.1:7070"
      |
    2 | listen = "127.0.0.1"
      |          ^^^^^^^^^^^

    hint: `formhand config print-default` shows every key with its default
    "#);
    place.file("formhand.toml", "[retry]\nmax_atempts = 3\n");
    insta::assert_snapshot!(place.run(&["job", "list"]).complaint(), @"
    exit 3
    error: formhand.toml:2:1: unknown field `max_atempts`, expected `max_attempts` or `first_delay`
      |
    2 | max_atempts = 3
      | ^^^^^^^^^^^

    hint: `formhand config print-default` shows every key with its default
    ");
    insta::assert_snapshot!(place.run(&["serve", "--config", "nowhere.toml"]).complaint(), @"
    exit 3
    error: cannot read nowhere.toml: No such file or directory (os error 2)

    hint: name another file with --config
    ");
}

#[test]
fn kf43_a_password_in_the_configuration_is_refused_and_not_repeated() {
    let place = Place::new();
    place.file(
        "formhand.toml",
        "[[accounts]]\nportal = \"garden\"\nname = \"main\"\nuser = \"u\"\npassword = \"correct horse\"\n",
    );
    let shown = place.run(&["serve"]).complaint();
    assert!(!shown.contains("correct"), "{shown}");
    insta::assert_snapshot!(shown, @r#"
    exit 3
    error: formhand.toml:5:12: a password must not stand in this file, which is copied and shown around: use password_env = "VARIABLE" or password_file = "PATH"
      |
    5 | password = …
      |            ^

    hint: `formhand config print-default` shows every key with its default
    "#);
}

#[test]
fn the_network_needs_a_token_of_ones_own() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["serve", "--listen", "0.0.0.0:0"]).complaint(), @"
    exit 3
    error: 0.0.0.0:0 can be reached from other machines, and no token was set

    hint: set FORMHAND_TOKEN, `token_file` or `[[tokens]]`, or listen on 127.0.0.1
    ");
    let mut command = place.command(&["serve", "--listen", "0.0.0.0:0"]);
    let weak = command.env("FORMHAND_TOKEN", "secret").output().unwrap();
    insta::assert_snapshot!(super::support::Ran(weak).complaint(), @"
    exit 3
    error: the token of FORMHAND_TOKEN is not usable: expected at least 32 visible ASCII characters

    hint: `openssl rand -hex 32` makes a good one
    ");
}

#[test]
fn an_account_needs_its_portal_and_its_password() {
    let place = Place::new();
    let account = "[[accounts]]\nportal = \"garden\"\nname = \"main\"\nuser = \"u\"\npassword_env = \"NO_SUCH\"\n";
    place.file("formhand.toml", account);
    insta::assert_snapshot!(place.run(&["serve"]).complaint(), @r#"
    exit 3
    error: account main is of portal "garden", which has no definition; there is none

    hint: `portals` of the configuration lists the definitions
    "#);
    place.file("portal.yaml", crate::api::PORTAL);
    place.file(
        "formhand.toml",
        format!("portals = [\"portal.yaml\"]\n{account}"),
    );
    insta::assert_snapshot!(place.run(&["serve"]).complaint(), @"
    exit 3
    error: account garden/main has no password: the environment has no variable NO_SUCH, or it is empty

    hint: set it, or point the account at another place
    ");
}

#[test]
fn the_printed_defaults_are_a_valid_configuration() {
    let place = Place::new();
    let printed = place.run(&["config", "print-default"]).stdout();
    place.file("formhand.toml", printed);
    let ran = place.run(&["job", "list"]);
    assert_eq!(ran.code(), 4, "{}", ran.stderr());
}
