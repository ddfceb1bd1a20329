//! The configuration.

use super::support::Place;

#[test]
fn mistakes_are_shown_where_they_are() {
    let place = Place::new();
    place.file("formhand.toml", "workers = 3\nlisten = \"127.0.0.1\"\n");
    insta::assert_snapshot!(place.run(&["serve"]).complaint(), @"");
    place.file("formhand.toml", "[retry]\nmax_atempts = 3\n");
    insta::assert_snapshot!(place.run(&["job", "list"]).complaint(), @"");
    insta::assert_snapshot!(place.run(&["serve", "--config", "nowhere.toml"]).complaint(), @"");
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
    insta::assert_snapshot!(shown, @"");
}

#[test]
fn the_network_needs_a_token_of_ones_own() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["serve", "--listen", "0.0.0.0:0"]).complaint(), @"");
    let mut command = place.command(&["serve", "--listen", "0.0.0.0:0"]);
    let weak = command.env("FORMHAND_TOKEN", "secret").output().unwrap();
    insta::assert_snapshot!(super::support::Ran(weak).complaint(), @"");
}

#[test]
fn an_account_needs_its_portal_and_its_password() {
    let place = Place::new();
    let account = "[[accounts]]\nportal = \"garden\"\nname = \"main\"\nuser = \"u\"\npassword_env = \"NO_SUCH\"\n";
    place.file("formhand.toml", account);
    insta::assert_snapshot!(place.run(&["serve"]).complaint(), @"");
    place.file("portal.yaml", crate::api::PORTAL);
    place.file(
        "formhand.toml",
        format!("portals = [\"portal.yaml\"]\n{account}"),
    );
    insta::assert_snapshot!(place.run(&["serve"]).complaint(), @"");
}

#[test]
fn the_printed_defaults_are_a_valid_configuration() {
    let place = Place::new();
    let printed = place.run(&["config", "print-default"]).stdout();
    place.file("formhand.toml", printed);
    let ran = place.run(&["job", "list"]);
    assert_eq!(ran.code(), 4, "{}", ran.stderr());
}
