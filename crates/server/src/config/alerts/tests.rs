//! What can be written in `[alerts]`.

use std::path::Path;

use jiff::SignedDuration;

use super::super::Config;
use crate::{
    alerts::{AlertTiming, ChannelKind, MailSecurity, Rules},
    config::AlertsConfig,
};

fn read(text: &str) -> Result<AlertsConfig, String> {
    let defaults = Config::defaults().unwrap();
    defaults
        .with(Path::new("conf/formhand.toml"), text)
        .map(|config| config.alerts)
        .map_err(|error| error.to_string())
}

fn mistake(text: &str) -> String {
    read(text).unwrap_err()
}

#[test]
fn the_printed_defaults_are_the_rules_own() {
    let config = read("").unwrap();
    assert_eq!(config.rules, Rules::default());
    assert_eq!(config.timing, AlertTiming::default());
    assert_eq!(config.name, "Formhand");
    assert!(config.channels.is_empty());
}

#[test]
fn each_number_can_be_changed_and_each_rule_switched_off() {
    let text = "[alerts.rules]\njob_success = { below_percent = 50, least = 3 }\n\
                account_down = { enabled = false }\nquestion_waiting = { older_than = \"2m\", lasting = \"10s\" }\n\
                recoveries_frequent = { more_than = 3 }\nunknown_words = { window = \"3h\" }\ndisk_full = { below_mb = 1 }\n";
    let rules = read(text).unwrap().rules;
    let jobs = rules.job_success.clone().unwrap().rule;
    assert_eq!((jobs.below_percent, jobs.least), (50, 3));
    assert_eq!(jobs.window, SignedDuration::from_hours(1));
    assert_eq!(rules.account_down, None);
    let questions = rules.question_waiting.clone().unwrap();
    assert_eq!(questions.rule.older_than, SignedDuration::from_mins(2));
    assert_eq!(questions.lasting, SignedDuration::from_secs(10));
    assert_eq!(rules.recoveries_frequent.clone().unwrap().rule.more_than, 3);
    assert_eq!(rules.disk_full.clone().unwrap().rule.below_mb, 1);
    assert_eq!(rules.job_window(), SignedDuration::from_hours(3));
}

#[test]
fn channels_are_named_and_their_secrets_are_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let secret = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.display().to_string()
    };
    let (password, slack) = (
        secret("p", "p4ss\n"),
        secret("s", "https://hooks.example/T0/x"),
    );
    let key = secret("k", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let text = format!(
        "[[alerts.mail]]\nname = \"night\"\nhost = \"smtp.example.com\"\nuser = \"u\"\npassword_file = {password:?}\n\
         from = \"Formhand <f@example.com>\"\nto = [\"ops@example.com\"]\n\
         [[alerts.mail]]\nname = \"local\"\nhost = \"127.0.0.1\"\nsecurity = \"none\"\nport = 2525\n\
         from = \"f@example.com\"\nto = [\"ops@example.com\"]\n\
         [[alerts.slack]]\nname = \"team\"\nurl_file = {slack:?}\n\
         [[alerts.webhook]]\nname = \"pager\"\nurl = \"https://pager.example/x\"\nsecret_file = {key:?}\n"
    );
    let setup = read(&text).unwrap().setup().unwrap();
    let kinds: Vec<String> = setup
        .channels
        .iter()
        .map(|channel| match &channel.kind {
            ChannelKind::Mail(mail) => {
                let login = mail.login.as_ref().map(|(user, _)| user.as_str());
                let is_tls = mail.security == MailSecurity::StartTls;
                format!(
                    "{} {}:{} {login:?} {is_tls}",
                    channel.name, mail.host, mail.port
                )
            }
            ChannelKind::Slack { url } | ChannelKind::Webhook { url, .. } => {
                format!("{} {}", channel.name, url.path())
            }
        })
        .collect();
    insta::assert_snapshot!(kinds.join("\n"), @r#"
    night smtp.example.com:587 Some("u") true
    local 127.0.0.1:2525 None false
    team /T0/x
    pager /x
    "#);
    let shown = format!("{setup:?}");
    assert!(
        !shown.contains("p4ss") && !shown.contains("MfKQ"),
        "{shown}"
    );
}

#[test]
fn a_secret_that_is_missing_or_none_is_told_and_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    std::fs::write(&file, "correct horse").unwrap();
    let text = format!(
        "[[alerts.webhook]]\nname = \"pager\"\nurl = \"https://h/x\"\nsecret_file = {:?}\n",
        file.display().to_string()
    );
    let told = read(&text).unwrap().setup().unwrap_err().to_string();
    insta::assert_snapshot!(told, @"alert channel pager has a signing secret that is none: expected whsec_ and 24 to 64 random bytes in base64, as `echo whsec_$(openssl rand -base64 32)` makes them");
    let text = format!(
        "[[alerts.slack]]\nname = \"team\"\nurl_file = {:?}\n",
        file.display().to_string()
    );
    let told = read(&text).unwrap().setup().unwrap_err().to_string();
    insta::assert_snapshot!(told, @"alert channel team has an address that is none: expected one that begins with https:// or http://");
}

#[test]
fn what_cannot_be_is_refused_with_what_would_be_right() {
    let mail = "[[alerts.mail]]\nname = \"m\"\nhost = \"h\"\nfrom = \"a@b.example\"\nto = [\"c@b.example\"]\n";
    let wrong = [
        "[alerts.rules]\njob_succes = {}\n".to_owned(),
        "[alerts.rules]\njob_success = { window = \"8d\" }\n".to_owned(),
        "[[alerts.slack]]\nname = \"team\"\n".to_owned(),
        "[[alerts.webhook]]\nname = \"w\"\nurl = \"https://me:pw@h/\"\nsecret_env = \"S\"\n"
            .to_owned(),
        "[[alerts.webhook]]\nname = \"w\"\nurl = \"https://h/\"\n".to_owned(),
        "[[alerts.webhook]]\nname = \"W 1\"\nurl = \"https://h/\"\n".to_owned(),
        format!("{mail}security = \"none\"\n"),
        format!("{mail}user = \"u\"\n"),
        format!("{mail}{mail}"),
        "[[alerts.mail]]\nname = \"m\"\nhost = \"h\"\nfrom = \"nobody\"\nto = []\n".to_owned(),
    ];
    let told: Vec<String> = wrong.iter().map(|text| mistake(text)).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    conf/formhand.toml:2:1: unknown field `job_succes`, expected one of `recovery_exhausted`, `recoveries_frequent`, `job_success`, `soft_recovery_success`, `hard_recovery_success`, `nuclear_recovery_success`, `account_down`, `account_needs_person`, `outcome_unknown`, `job_waiting`, `disk_full`, `question_waiting`, `unknown_words`, `server_silent`, `webhook_failing`, `audit_broken`
      |
    2 | job_succes = {}
      | ^^^^^^^^^^
    conf/formhand.toml: a window of alerts.rules is longer than 7d, which is the most
    conf/formhand.toml: alert channel team has no address, which is a secret: expected url_env or url_file
    conf/formhand.toml: alert channel w has a login in its url, which must not stand in this file, as that is copied and shown around: use url_env = "VARIABLE" or url_file = "PATH"
    conf/formhand.toml: alert channel w has nothing to sign with: expected secret_env or secret_file, with whsec_…
    conf/formhand.toml: alert channel "W 1" is not valid: expected 1 to 40 lower-case letters, digits and hyphens
    conf/formhand.toml: alert channel m would send in the clear to another machine: expected security = "starttls" or "tls"
    conf/formhand.toml: alert channel m has a user and no password: expected password_env or password_file
    conf/formhand.toml: alert channel m is there twice
    conf/formhand.toml:4:8: "nobody" is not valid: expected a mail address such as "ops@example.com" or "Ops <ops@example.com>"
      |
    4 | from = "nobody"
      |        ^^^^^^^^
    "#);
}

#[test]
fn the_examples_of_the_document_are_valid() {
    let document = include_str!("../../../../../docs/ALERTS.md");
    let examples: Vec<&str> = document
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        read(example).unwrap();
    }
}
