//! Tokens: made, put into the configuration, and used.

use serde_json::Value;

use super::{
    server::{Running, serve},
    support::{Place, Ran},
};

/// Makes a token and appends its lines to the configuration.
fn create(place: &Place, arguments: &[&str]) -> String {
    let mut all = vec!["token", "create"];
    all.extend(arguments);
    let made = place.run(&all);
    assert_eq!(made.code(), 0, "{}", made.stderr());
    let file = place.path("formhand.toml");
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    std::fs::write(&file, before + &made.stdout()).unwrap();
    let talk = made.stderr();
    let token = talk.split_whitespace().find(|word| word.starts_with("fh_"));
    token.unwrap().to_owned()
}

fn run_as(place: &Place, token: &str, arguments: &[&str]) -> Ran {
    let mut command = place.command(arguments);
    Ran(command.env("FORMHAND_TOKEN", token).output().unwrap())
}

#[test]
fn a_token_that_was_made_is_let_in_as_its_role() {
    let place = Place::new();
    serve(&place).stop();
    let viewer = create(&place, &["--name", "anna", "--role", "viewer"]);
    let over = [
        "--name",
        "eve",
        "--role",
        "admin",
        "--expires",
        "2026-01-31",
    ];
    let over = create(&place, &over);
    let configured = std::fs::read_to_string(place.path("formhand.toml")).unwrap();
    assert!(!configured.contains(&viewer), "only its hash is there");

    let running = Running::start(&place);
    assert_eq!(run_as(&place, &viewer, &["job", "list"]).code(), 0);
    let refused = run_as(&place, &viewer, &["account", "forgive", "garden/main"]);
    insta::assert_snapshot!(refused.complaint(), @"
    exit 5
    error: this needs the role admin, and anna has the role viewer
    ");
    insta::assert_snapshot!(run_as(&place, &over, &["job", "list"]).complaint(), @"
    exit 5
    error: the time of token eve is over

    hint: is FORMHAND_TOKEN that of another server?
    ");
    // The server's own token goes on to work by itself.
    assert_eq!(place.run(&["job", "list"]).code(), 0);
    assert_eq!(running.stop(), 0);

    insta::assert_snapshot!(place.run(&["token", "list"]).stdout(), @"
    NAME    ROLE    KNOWN BY         EXPIRES
    server  admin   file data/token  never
    anna    viewer  hash             never
    eve     admin   hash             2026-01-31T00:00:00Z, which is over
    ");
}

#[test]
fn a_token_is_made_for_a_program_as_json() {
    let place = Place::new();
    let made = place.run(&[
        "token", "create", "--name", "crm", "--role", "operator", "--json",
    ]);
    let made: Value = serde_json::from_str(&made.stdout()).unwrap();
    let token = made["token"].as_str().unwrap();
    assert_eq!(token.len(), "fh_".len() + 64);
    let hash = formhand_server::access::TokenHash::of(token).to_string();
    assert_eq!(
        (&made["role"], &made["hash"]),
        (&"operator".into(), &hash.into())
    );
}

#[test]
fn a_name_or_an_end_that_cannot_be_is_refused() {
    let place = Place::new();
    let refused = |name: &str, more: &[&str]| {
        let mut arguments = vec!["token", "create", "--role", "admin", "--name", name];
        arguments.extend(more);
        place.run(&arguments).complaint()
    };
    insta::assert_snapshot!(refused("server", &[]), @r#"
    exit 2
    error: invalid value 'server' for '--name <NAME>': expected 1 to 40 letters, digits, "-", "_", "." or "@" such as "anna", and none of server, local, nobody, queue and worker

    For more information, try '--help'.
    "#);
    insta::assert_snapshot!(refused("anna", &["--expires", "soon"]), @r#"
    exit 2
    error: invalid value 'soon' for '--expires <WHEN>': expected a day such as "2027-01-31", which is its beginning in UTC, or a moment such as "2027-01-31T18:00:00Z"

    For more information, try '--help'.
    "#);
}

#[test]
fn two_names_for_one_token_are_refused() {
    let place = Place::new();
    create(&place, &["--name", "anna", "--role", "viewer"]);
    let file = place.path("formhand.toml");
    let once = std::fs::read_to_string(&file).unwrap();
    let twice = format!("{once}{}", once.replace("anna", "ben"));
    std::fs::write(&file, twice).unwrap();
    let refused = place.run(&["serve", "--listen", "127.0.0.1:0"]);
    insta::assert_snapshot!(refused.complaint(), @"
    exit 3
    error: tokens anna and ben are the same

    hint: `formhand token create` makes one, and prints the lines for the configuration
    ");
}
