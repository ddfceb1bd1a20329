//! What a definition says of the life of a session and of its copies.

use std::time::Duration;

use formhand_domain::account::{RecoveryRules, RenewalPolicy};
use formhand_portal::{Carried, CloneMode};
use insta::assert_snapshot;

use crate::support::{complaint, session_rules, session_said};

#[test]
fn a_session_of_which_nothing_is_said_is_kept_alive_and_got_back() {
    let rules = session_rules("");
    assert_eq!(rules.clone, CloneMode::Context);
    assert_eq!(
        rules.carries.into_iter().collect::<Vec<_>>(),
        [
            Carried::Cookies,
            Carried::LocalStorage,
            Carried::SessionStorage
        ]
    );
    assert!(!rules.exclusive);
    assert_eq!(rules.pace, None);
    assert_eq!(rules.heartbeat, Some(Duration::from_mins(5)));
    assert_eq!(rules.renewal, Some(RenewalPolicy::default()));
    assert_eq!(rules.recovery, RecoveryRules::default());
    assert!(rules.one_time_code.is_none());
}

#[test]
fn a_session_is_as_it_is_session_said() {
    let rules = session_rules(
        "clone: context
carries: [indexed_db, cookies]
exclusive: true
pace: 2s
heartbeat: {every: 90s}
renewal: {worth: 2.5}
recovery:
  soft: {tries: 1, limit: 30s, pause: 500ms}
  nuclear: {tries: 0}
  cool_down: 10m
  backups: 1",
    );
    assert_eq!(
        rules.carries.into_iter().collect::<Vec<_>>(),
        [Carried::Cookies, Carried::IndexedDb]
    );
    assert!(rules.exclusive);
    assert_eq!(rules.pace.map(|pace| pace.as_secs()), Some(2));
    assert_eq!(rules.heartbeat, Some(Duration::from_secs(90)));
    assert_eq!(rules.renewal.map(|policy| policy.worth), Some(2.5));
    let (recovery, usual) = (rules.recovery, RecoveryRules::default());
    assert_eq!(recovery.soft.attempts, 1);
    assert_eq!(recovery.soft.limit, Duration::from_secs(30));
    assert_eq!(recovery.soft.pause, Duration::from_millis(500));
    assert_eq!(recovery.hard, usual.hard);
    assert_eq!(recovery.nuclear.attempts, 0);
    assert_eq!(recovery.cool_down.as_mins(), 10);
    assert_eq!(recovery.backups, 1);
}

#[test]
fn off_is_off_in_every_way_that_a_reader_of_yaml_takes_it() {
    for off in ["off", "\"off\"", "'off'", "false"] {
        let rules = session_rules(&format!("heartbeat: {off}\nrenewal: {off}"));
        assert_eq!(rules.heartbeat, None, "{off}");
        assert_eq!(rules.renewal, None, "{off}");
    }
}

#[test]
fn what_can_be_off_shows_an_example() {
    assert_snapshot!(session_said("heartbeat: 5m"), @r#"
    error: invalid value: string "5m", expected `off` or something such as {every: 5m}
      --> small.yaml:17:14
       |
    17 |   heartbeat: 5m
       |              ^
    "#);
    assert_snapshot!(session_said("heartbeat: true"), @r#"
    error: invalid value: boolean `true`, expected `off` or something such as {every: 5m}
      --> small.yaml:17:14
       |
    17 |   heartbeat: true
       |              ^
    "#);
    assert_snapshot!(session_said("renewal: 5"), @r#"
    error: expected `off` or something such as {worth: 5}, found the number 5
      --> small.yaml:17:12
       |
    17 |   renewal: 5
       |            ^
    "#);
    assert_snapshot!(session_said("heartbeat: {evry: 5m}"), @r#"
    error: `evry` is not known here
      --> small.yaml:17:15
       |
    17 |   heartbeat: {evry: 5m}
       |               ^
      help: did you mean `every`?
    "#);
    assert_snapshot!(session_said("heartbeat: {}"), @r#"
    error: `every` is missing
      --> small.yaml:17:14
       |
    17 |   heartbeat: {}
       |              ^
    "#);
    assert_snapshot!(session_said("heartbeat: {every: 5}"), @r#"
    error: expected a length of time such as 500ms, 10s, 5m or 1h, found the number 5
      --> small.yaml:17:22
       |
    17 |   heartbeat: {every: 5}
       |                      ^
    "#);
}

#[test]
fn a_heartbeat_is_no_load() {
    assert_snapshot!(session_said("heartbeat: {every: 9s}"), @r#"
    error: a request every 9s would be load, and no session needs it
      --> small.yaml:17:22
       |
    17 |   heartbeat: {every: 9s}
       |                      ^
      help: 10s or more, such as `heartbeat: {every: 5m}`, or `heartbeat: off`
    "#);
    assert_eq!(
        session_rules("heartbeat: {every: 10s}").heartbeat,
        Some(Duration::from_secs(10))
    );
}

#[test]
fn an_expiry_is_worth_something() {
    assert_snapshot!(session_said("renewal: {worth: 0}"), @r#"
    error: expected a number above 0: how many logins ahead of time one expiry is worth
      --> small.yaml:17:20
       |
    17 |   renewal: {worth: 0}
       |                    ^
      help: such as `renewal: {worth: 5}`, or `renewal: off`
    "#);
    assert_snapshot!(session_said("renewal: {worth: -0.5}"), @r#"
    error: expected a number above 0: how many logins ahead of time one expiry is worth
      --> small.yaml:17:20
       |
    17 |   renewal: {worth: -0.5}
       |                    ^
      help: such as `renewal: {worth: 5}`, or `renewal: off`
    "#);
    assert_snapshot!(session_said("renewal: {worth: much}"), @r#"
    error: expected a number, found the text "much"
      --> small.yaml:17:20
       |
    17 |   renewal: {worth: much}
       |                    ^
    "#);
}

#[test]
fn kf28_a_job_of_an_exclusive_portal_never_logs_in_by_itself() {
    assert_snapshot!(session_said("exclusive: true\nclone: login"), @r#"
    error: each job would log in by itself, and on an `exclusive` portal that ends the session of every other
      --> small.yaml:18:10
       |
    18 |   clone: login
       |          ^
      help: `clone: context` or `clone: profile`, which copy one session
    "#);
    assert_eq!(
        session_rules("exclusive: false\nclone: login").clone,
        CloneMode::Login
    );
    assert_eq!(
        session_rules("exclusive: true\nclone: profile").clone,
        CloneMode::Profile
    );
}

#[test]
fn only_a_context_carries_parts_of_a_session() {
    assert_snapshot!(session_said("clone: profile\ncarries: [cookies]"), @r#"
    error: `carries` has no effect here: a copied profile is the whole session
      --> small.yaml:18:12
       |
    18 |   carries: [cookies]
       |            ^
      help: leave it out, or write `clone: context`
    "#);
    assert_snapshot!(session_said("clone: login\ncarries: [cookies]"), @r#"
    error: `carries` has no effect here: a job that logs in by itself gets nothing of the session
      --> small.yaml:18:12
       |
    18 |   carries: [cookies]
       |            ^
      help: leave it out, or write `clone: context`
    "#);
    for clone in ["profile", "login"] {
        assert!(session_rules(&format!("clone: {clone}")).carries.is_empty());
    }
}

#[test]
fn a_context_carries_something_known_and_once() {
    assert_snapshot!(session_said("carries: []"), @r#"
    error: a copy that carries nothing is not logged in
      --> small.yaml:17:12
       |
    17 |   carries: []
       |            ^
      help: such as `carries: [cookies, local_storage]`
    "#);
    assert_snapshot!(session_said("carries: [cookies, cookies]"), @r#"
    error: it stands here a second time
      --> small.yaml:17:22
       |
    17 |   carries: [cookies, cookies]
       |                      ^
      help: once is enough
    "#);
    assert_snapshot!(session_said("carries: [cookies, localstorage]"), @r#"
    error: `localstorage` is not known here
      --> small.yaml:17:22
       |
    17 |   carries: [cookies, localstorage]
       |                      ^
      help: did you mean `local_storage`?
    "#);
    assert_snapshot!(session_said("clone: copy"), @r#"
    error: `copy` is not known here
      --> small.yaml:17:10
       |
    17 |   clone: copy
       |          ^
      help: valid: context, profile, login
    "#);
}

#[test]
fn kf43_a_password_stays_out_of_the_address_of_the_check() {
    assert_snapshot!(complaint("goto: /home", "goto: \"/home?p={{ account.password }}\""), @r#"
    error: a secret does not belong into an address
      --> small.yaml:16:17
       |
    16 |   check: {goto: "/home?p={{ account.password }}"}
       |                 ^
      help: fill it into a field
    "#);
}
