//! Mail and webhooks over TLS, and the command line over a server that sends them.

use std::{fs, path::PathBuf};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::Value;

use super::{
    hooks::{Hooks, SECRET},
    smtpd::Smtpd,
};
use crate::cli::{Place, Running};

/// A certificate for this machine, and its key, as files.
fn certificate(place: &Place) -> (PathBuf, PathBuf) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    (
        place.file("certificate.pem", cert.pem()),
        place.file("key.pem", signing_key.serialize_pem()),
    )
}

fn configure(place: &Place, smtpd: &Smtpd, hooks: &Hooks) {
    place.file("smtp", "open sesame\n");
    place.file("secret", SECRET);
    place.file("slack", hooks.tls_url("/slack").as_str());
    place.file(
        "formhand.toml",
        format!(
            "[alerts]\nname = \"Garden\"\n\
             [[alerts.mail]]\nname = \"night\"\nhost = \"localhost\"\nport = {}\nuser = \"gardener\"\n\
             password_file = \"smtp\"\nfrom = \"formhand@example.com\"\nto = [\"ops@example.com\"]\n\
             [[alerts.slack]]\nname = \"team\"\nurl_file = \"slack\"\n\
             [[alerts.webhook]]\nname = \"pager\"\nurl = {:?}\nsecret_file = \"secret\"\n",
            smtpd.port(),
            hooks.tls_url("/plain").as_str()
        ),
    );
    for secret in ["smtp", "secret", "slack"] {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(place.path(secret), fs::Permissions::from_mode(0o600)).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_goes_over_tls_and_only_to_servers_whose_certificate_is_trusted() {
    let place = Place::new();
    let (certificate, key) = certificate(&place);
    let (smtpd, hooks) = tokio::join!(
        Smtpd::strict(&certificate, &key),
        Hooks::with_tls(&certificate, &key)
    );
    configure(&place, &smtpd, &hooks);
    let stranger = tokio::task::block_in_place(|| {
        let running = Running::start(&place);
        let tested = place.run(&["alert", "test"]);
        assert_eq!(running.stop(), 0);
        (tested.code(), tested.stdout())
    });
    assert_eq!(stranger.0, 1);
    insta::assert_snapshot!(stranger.1, @"
    night (mail): invalid peer certificate: UnknownIssuer
    team (slack): invalid peer certificate: UnknownIssuer
    pager (webhook): invalid peer certificate: UnknownIssuer
    ");
    assert!(hooks.take_plain().is_empty() && hooks.take_slack().is_empty());
    let trusted = tokio::task::block_in_place(|| {
        let running = Running::trusting(&place, &certificate);
        let tested = place.run(&["alert", "test"]);
        steer(&place);
        assert_eq!(running.stop(), 0);
        (tested.code(), tested.stdout())
    });
    insta::assert_snapshot!(trusted.1, @"
    night (mail): has taken it
    team (slack): has taken it
    pager (webhook): has taken it
    ");
    assert_eq!(trusted.0, 0);
    let mail = smtpd.next().await;
    assert!(mail.tls);
    assert_eq!(mail.user.as_deref(), Some("gardener"));
    assert_eq!(mail.subject, "[Garden] a test, nothing is the matter");
    assert_eq!((hooks.take_plain().len(), hooks.take_slack().len()), (1, 1));
}

/// What else can be done on the command line.
fn steer(place: &Place) {
    let silence = ["alert", "silence", "--rule", "disk_full", "--for", "2h"];
    let refused = place.run(&[&silence[..], &["--reason", "r", "--account", "main"]].concat());
    insta::assert_snapshot!(refused.complaint(), @r#"
    exit 2
    error: "main" is no account: expected PORTAL/NAME
    "#);
    let why = [
        "--reason",
        "it is known",
        "--account",
        "garden/main",
        "--json",
    ];
    let made = place.run(&[&silence[..], &why[..]].concat());
    assert_eq!(made.code(), 0, "{}", made.stderr());
    let made: Value = serde_json::from_str(&made.stdout()).unwrap();
    let id = made["id"].as_str().unwrap();
    let list = place.run(&["alert", "list"]).stdout();
    let lines: Vec<&str> = list.lines().map(str::trim_end).collect();
    assert!(
        lines
            .iter()
            .any(|line| line.contains(id) && line.contains("garden/main"))
    );
    assert!(
        lines
            .iter()
            .any(|line| line.contains("pager") && line.contains("unused"))
    );
    assert_eq!(place.run(&["alert", "unsilence", id]).code(), 0);
    assert_eq!(place.run(&["alert", "unsilence", id]).code(), 5);
}

#[test]
fn the_doctor_looks_at_the_channels_and_sends_nothing() {
    let place = Place::new();
    place.file("secret", "whsec_none");
    place.file(
        "formhand.toml",
        "[[alerts.webhook]]\nname = \"pager\"\nurl = \"https://pager.example/x\"\nsecret_file = \"secret\"\n\
         [[alerts.slack]]\nname = \"team\"\nurl_env = \"FORMHAND_NO_SUCH_VARIABLE\"\n\
         [[alerts.mail]]\nname = \"night\"\nhost = \"smtp.example.com\"\nfrom = \"f@example.com\"\nto = [\"o@example.com\"]\n",
    );
    let lines = |place: &Place| -> String {
        let doctor = place.run(&["doctor", "--json"]).stdout();
        let doctor: Value = serde_json::from_str(&doctor).unwrap();
        let checks = doctor["checks"].as_array().unwrap().clone();
        let alerts = checks.into_iter().filter(|check| check["name"] == "alerts");
        let line = |check: Value| {
            let word = |key: &str| check[key].as_str().unwrap_or_default().to_owned();
            format!("{}: {} → {}\n", word("level"), word("found"), word("hint"))
        };
        alerts.map(line).collect()
    };
    insta::assert_snapshot!(lines(&place), @"
    ok: night, mail over smtp.example.com:587; `formhand alert test --channel night` tries it → 
    fail: alert channel team has no secret: the environment has no variable FORMHAND_NO_SUCH_VARIABLE, or it is empty → put it right, or point the channel at another place
    fail: alert channel pager has a signing secret that is none: expected whsec_ and 24 to 64 random bytes in base64, as `echo whsec_$(openssl rand -base64 32)` makes them → put it right, or point the channel at another place
    ");
    place.file("formhand.toml", "");
    insta::assert_snapshot!(lines(&place), @"warn: no channel is configured, so nobody is told of what goes wrong → add an [[alerts.mail]], [[alerts.slack]] or [[alerts.webhook]] block; docs/ALERTS.md has examples");
}
