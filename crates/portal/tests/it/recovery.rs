//! What a definition says of getting a session back.

use std::time::Duration;

use insta::assert_snapshot;

use crate::support::{session_rules, session_said};

#[test]
fn some_level_is_tried() {
    let none = "recovery: {soft: {tries: 0}, hard: {tries: 0}, nuclear: {tries: 0}}";
    assert_snapshot!(session_said(none), @r#"
    error: every level is left out, so nothing would ever log in
      --> small.yaml:17:13
       |
    17 |   recovery: {soft: {tries: 0}, hard: {tries: 0}, nuclear: {tries: 0}}
       |             ^
      help: one of them needs a try, such as `soft: {tries: 3}`
    "#);
    assert_snapshot!(session_said("recovery: {soft: {tries: 100000}}"), @r#"
    error: nobody has the time for so many
      --> small.yaml:17:28
       |
    17 |   recovery: {soft: {tries: 100000}}
       |                            ^
      help: such as 3; 0 leaves the level out
    "#);
    assert_snapshot!(session_said("recovery: {hard: {tries: -1}}"), @r#"
    error: invalid value: integer `-1`, expected a whole number from 0
      --> small.yaml:17:28
       |
    17 |   recovery: {hard: {tries: -1}}
       |                            ^
    "#);
    assert_snapshot!(session_said("recovery: {backups: 0}"), @r#"
    error: expected a number from 1
      --> small.yaml:17:23
       |
    17 |   recovery: {backups: 0}
       |                       ^
      help: such as 3
    "#);
}

#[test]
fn a_try_may_take_as_long_as_a_login() {
    assert_snapshot!(session_said("recovery: {hard: {limit: 9s}}"), @r#"
    error: a try would be over before a login is: `login_timeout` is 10s
      --> small.yaml:17:28
       |
    17 |   recovery: {hard: {limit: 9s}}
       |                            ^
      help: such as `limit: 90s`
    "#);
    assert_eq!(session_said("recovery: {hard: {limit: 10s}}"), "(nothing)");
    assert_eq!(
        session_said("recovery: {hard: {tries: 0, limit: 9s}}"),
        "(nothing)"
    );
}

#[test]
fn a_try_of_which_no_limit_is_said_has_time_for_a_slow_portal() {
    let slow = session_rules("login_timeout: 2m").recovery;
    assert_eq!(
        slow.soft.limit,
        Duration::from_secs(135),
        "and the round trip's 15"
    );
    assert_eq!(slow.nuclear.limit, Duration::from_secs(135));
}
