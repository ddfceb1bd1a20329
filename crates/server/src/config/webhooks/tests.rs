//! What is read of `[[webhooks]]`, and what is refused.

use std::path::Path;

use super::super::Config;
use crate::webhooks::EventKind;

const HEAD: &str = "[[webhooks]]\nname = \"crm\"\n";

fn read(text: &str) -> Result<Config, String> {
    let defaults = Config::defaults().unwrap();
    let config = defaults.with(Path::new("conf/formhand.toml"), text);
    config.map_err(|error| error.to_string())
}

fn mistake(lines: &str) -> String {
    read(&format!("{HEAD}{lines}")).unwrap_err()
}

const SECRET: &str = "secret_env = \"NOT_SET_ANYWHERE\"\n";

#[test]
fn a_webhook_is_told_how_jobs_end_if_nothing_else_is_said() {
    let text = format!("{HEAD}url = \"https://crm.example.com/in\"\n{SECRET}");
    let config = read(&text).unwrap();
    let webhook = &config.webhooks.0[0];
    assert!(webhook.enabled);
    assert_eq!(webhook.events, EventKind::usual().collect());
    assert_eq!(webhook.described(), "https://crm.example.com");
    let all = format!("{text}events = [\"*\"]\n");
    let config = read(&all).unwrap();
    assert_eq!(config.webhooks.0[0].events, EventKind::all().collect());
    insta::assert_snapshot!(config.webhooks.setup(&[]).unwrap_err(), @"webhook crm has no secret: the environment has no variable NOT_SET_ANYWHERE, or it is empty");
}

#[test]
fn what_is_wrong_is_said_with_what_would_be_right() {
    let to = |url: &str| format!("url = \"{url}\"\n{SECRET}");
    insta::assert_snapshot!(mistake(&to("http://crm.example.com/in")), @r#"conf/formhand.toml: webhook crm has an address with http, where everybody on the way can read it: expected https, a server on this machine such as "http://127.0.0.1:8080/formhand", or allow_http = true in a network of your own"#);
    insta::assert_snapshot!(mistake(&to("ftp://crm.example.com/in")), @r#"conf/formhand.toml: webhook crm has an address that is none: expected one such as "https://crm.example.com/formhand""#);
    insta::assert_snapshot!(mistake("url = \"https://crm.example.com/\"\n"), @"conf/formhand.toml: webhook crm has nothing to sign with: expected secret_env or secret_file, with whsec_…");
    insta::assert_snapshot!(mistake(SECRET), @"conf/formhand.toml: webhook crm needs one of url, url_env and url_file");
    let none = format!("{}events = []\n", to("https://crm.example.com/"));
    insta::assert_snapshot!(mistake(&none), @"conf/formhand.toml: webhook crm is told nothing: expected some events, or enabled = false");
    let unknown = format!(
        "{}events = [\"job.done\"]\n",
        to("https://crm.example.com/")
    );
    insta::assert_snapshot!(mistake(&unknown), @r#"
    conf/formhand.toml:5:10: "job.done" is no event: expected "*" or some of job.pending, job.processing, job.completed, job.completed_with_errors, job.failed_login_form, job.failed_post_submission, job.failed_validation, job.failed_duplicate, job.on_hold, job.needs_review, job.cancelled, job.retry_scheduled, question.asked
      |
    5 | events = ["job.done"]
      |          ^^^^^^^^^^^^
    "#);
    let one = format!("{HEAD}{}", to("https://crm.example.com/"));
    insta::assert_snapshot!(read(&format!("{one}{one}")).unwrap_err(), @"conf/formhand.toml: webhook crm is there twice");
}

#[test]
fn http_goes_to_this_machine_and_to_where_it_is_allowed() {
    for url in [
        "http://127.0.0.1:8080/in",
        "http://[::1]:8080/in",
        "http://localhost/in",
    ] {
        assert!(
            read(&format!("{HEAD}url = \"{url}\"\n{SECRET}")).is_ok(),
            "{url}"
        );
    }
    let near = format!("{HEAD}url = \"http://10.0.0.7/in\"\n{SECRET}");
    assert!(read(&near).is_err());
    assert!(read(&format!("{near}allow_http = true\n")).is_ok());
}

#[test]
fn a_secret_in_the_file_is_refused_and_not_repeated() {
    let told = mistake("url = \"https://crm.example.com/\"\nsecret = \"whsec_correct-horse\"\n");
    assert!(!told.contains("horse"), "{told}");
    let told = mistake(&format!(
        "url = \"https://anna:correct-horse@crm.example.com/\"\n{SECRET}"
    ));
    assert!(!told.contains("horse"), "{told}");
}

#[test]
fn a_secret_is_one_key_or_two_while_it_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let key = |letter: &str| format!("whsec_{}", letter.repeat(32));
    let text = format!("{HEAD}url = \"https://crm.example.com/\"\nsecret_file = \"hook\"\n");
    let file = folder.path().join("formhand.toml");
    let keys = |secret: String| {
        std::fs::write(folder.path().join("hook"), secret).unwrap();
        let config = Config::defaults().unwrap().with(&file, &text).unwrap();
        let setup = config.webhooks.0[0].setup();
        setup
            .map(|setup| setup.keys.len())
            .map_err(|error| error.to_string())
    };
    assert_eq!(keys(key("a") + "\n"), Ok(1));
    assert_eq!(keys(format!("{}\n{}\n", key("a"), key("b"))), Ok(2));
    let many = format!("{} {} {}", key("a"), key("b"), key("c"));
    insta::assert_snapshot!(keys(many).unwrap_err(), @"webhook crm has 3 signing secrets: expected one, or two in the time in which one takes the place of the other");
    let wrong = keys("correct-horse".to_owned()).unwrap_err();
    assert!(!wrong.contains("horse"), "{wrong}");
}
