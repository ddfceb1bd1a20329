//! Each rule fires and resolves.

use std::collections::BTreeMap;

use formhand_domain::{
    AccountKey, AccountName, Generation, JobId, NodeId, PortalName,
    account::{NeedsHuman, RecoveryCause, RecoveryEnd, RecoveryLevel, SessionState},
};
use jiff::{SignedDuration, Timestamp};

use super::{Finding, RuleName, Rules, Subject};
use crate::alerts::{
    EndedJob, Facts, OpenQuestion, RecoveryTry, SeenServer, SpentRecovery, UnknownOutcome,
    UnknownPhrase,
};

fn at(minutes: i64) -> Timestamp {
    let start: Timestamp = "2026-01-05T09:00:00Z".parse().unwrap();
    start + SignedDuration::from_mins(minutes)
}

fn portal() -> PortalName {
    PortalName::new("practice").unwrap()
}

fn account() -> AccountKey {
    AccountKey {
        portal: portal(),
        account: AccountName::new("main").unwrap(),
    }
}

fn node() -> NodeId {
    NodeId::new("node-a").unwrap()
}

/// What the rules find, without the rules' numbers being touched.
fn found(facts: &Facts, now: Timestamp) -> Vec<Finding> {
    Rules::default().check(facts, now)
}

fn names(facts: &Facts, now: Timestamp) -> Vec<RuleName> {
    found(facts, now)
        .into_iter()
        .map(|found| found.rule)
        .collect()
}

fn session(state: SessionState) -> BTreeMap<AccountKey, SessionState> {
    BTreeMap::from([(account(), state)])
}

fn active() -> SessionState {
    SessionState::Active {
        generation: Generation(2),
        since: at(0),
        validated_at: at(0),
    }
}

fn recovery(minute: i64, cause: RecoveryCause, end: RecoveryEnd) -> SpentRecovery {
    SpentRecovery {
        account: account(),
        at: at(minute),
        cause,
        end,
    }
}

fn jobs(filed: usize, unfiled: usize) -> Facts {
    let job = |filed| EndedJob {
        portal: portal(),
        at: at(0),
        filed,
    };
    let ended = std::iter::repeat_n(true, filed).chain(std::iter::repeat_n(false, unfiled));
    Facts {
        ended_jobs: ended.map(job).collect(),
        ..Facts::default()
    }
}

fn tries(level: RecoveryLevel, recovered: usize, failed: usize) -> Facts {
    let one = |recovered| RecoveryTry {
        account: account(),
        at: at(0),
        level,
        recovered,
    };
    let all = std::iter::repeat_n(true, recovered).chain(std::iter::repeat_n(false, failed));
    Facts {
        recovery_tries: all.map(one).collect(),
        ..Facts::default()
    }
}

#[test]
fn nothing_is_the_matter_when_nothing_is_known() {
    assert_eq!(found(&Facts::default(), at(0)), []);
}

#[test]
fn an_exhausted_recovery_fires_until_the_session_is_back() {
    let down = SessionState::Down {
        until: at(10),
        reason: "said Asha Example".into(),
    };
    let end = recovery(0, RecoveryCause::Expired, RecoveryEnd::Exhausted);
    let mut facts = Facts {
        sessions: session(down),
        last_recoveries: BTreeMap::from([(account(), end)]),
        ..Facts::default()
    };
    let told = found(&facts, at(1));
    assert_eq!(told[0].rule, RuleName::RecoveryExhausted);
    assert_eq!(told[0].subject, Subject::Account(account()));
    // The next try goes on, and has not helped yet.
    facts.sessions = session(SessionState::LoggingIn { since: at(10) });
    assert_eq!(names(&facts, at(10)), [RuleName::RecoveryExhausted]);
    facts.sessions = session(active());
    assert_eq!(names(&facts, at(11)), []);
}

#[test]
fn more_than_ten_losses_an_hour_fire_until_they_are_an_hour_old() {
    let lost = |minute| recovery(minute, RecoveryCause::Expired, RecoveryEnd::Recovered);
    let mut facts = Facts {
        recoveries: (0..10).map(lost).collect(),
        ..Facts::default()
    };
    assert_eq!(names(&facts, at(10)), []);
    // Renewals ahead of the end are no loss.
    let renewed = recovery(10, RecoveryCause::Renewal, RecoveryEnd::Recovered);
    facts.recoveries.push(renewed);
    assert_eq!(names(&facts, at(10)), []);
    facts.recoveries.push(lost(10));
    assert_eq!(names(&facts, at(10)), [RuleName::RecoveriesFrequent]);
    assert_eq!(names(&facts, at(61)), []);
}

#[test]
fn less_than_seventy_percent_of_enough_jobs_fire_until_the_window_is_over() {
    assert_eq!(names(&jobs(6, 3), at(1)), [], "nine jobs say nothing");
    assert_eq!(names(&jobs(7, 3), at(1)), [], "70 % is well");
    assert_eq!(names(&jobs(6, 4), at(1)), [RuleName::JobSuccess]);
    assert_eq!(names(&jobs(6, 4), at(61)), []);
    let told = found(&jobs(0, 10), at(1));
    assert!(told[0].text.contains("0 of 10 (0 %)"), "{}", told[0].text);
}

#[test]
fn each_level_of_recovery_has_its_share() {
    let soft = |well, bad| names(&tries(RecoveryLevel::Soft, well, bad), at(1));
    assert_eq!(soft(8, 2), []);
    assert_eq!(soft(1, 3), []);
    assert_eq!(soft(7, 2), [RuleName::SoftRecoverySuccess]);
    let hard = |well, bad| names(&tries(RecoveryLevel::Hard, well, bad), at(1));
    assert_eq!(hard(9, 1), []);
    assert_eq!(hard(8, 1), [RuleName::HardRecoverySuccess]);
    let nuclear = |well, bad| names(&tries(RecoveryLevel::Nuclear, well, bad), at(1));
    assert_eq!(nuclear(19, 1), []);
    assert_eq!(nuclear(2, 1), [RuleName::NuclearRecoverySuccess]);
    let facts = tries(RecoveryLevel::Nuclear, 2, 1);
    assert_eq!(names(&facts, at(24 * 60 + 1)), []);
}

#[test]
fn an_account_that_is_down_or_needs_a_person_is_told_without_the_portals_words() {
    let down = SessionState::Down {
        until: at(10),
        reason: "Asha Example is unknown".into(),
    };
    let facts = |state| Facts {
        sessions: session(state),
        ..Facts::default()
    };
    let told = found(&facts(down), at(0));
    assert_eq!(told[0].rule, RuleName::AccountDown);
    assert!(!told[0].text.contains("Asha"));
    let human = |reason| SessionState::NeedsHuman {
        reason,
        message: "Dear Asha Example".into(),
        credentials: "0123456789abcdef".into(),
    };
    for reason in [
        NeedsHuman::BadCredentials,
        NeedsHuman::Locked,
        NeedsHuman::Demand,
    ] {
        let told = found(&facts(human(reason)), at(0));
        assert_eq!(told[0].rule, RuleName::AccountNeedsPerson);
        assert!(!told[0].text.contains("Asha") && !told[0].text.contains("0123456789abcdef"));
    }
    assert_eq!(names(&facts(SessionState::Cold), at(0)), []);
    assert_eq!(names(&facts(active()), at(0)), []);
}

#[test]
fn an_outcome_that_is_unknown_for_long_fires_until_it_is_settled() {
    let job = |minute| UnknownOutcome {
        portal: portal(),
        since: at(minute),
    };
    let mut facts = Facts {
        unknown_outcomes: vec![job(5), job(0), job(20)],
        ..Facts::default()
    };
    assert_eq!(names(&facts, at(15)), []);
    let told = found(&facts, at(21));
    assert_eq!(told[0].rule, RuleName::OutcomeUnknown);
    assert!(told[0].text.contains("of 2 jobs"), "{}", told[0].text);
    assert!(
        told[0].text.contains("2026-01-05T09:00:00Z"),
        "{}",
        told[0].text
    );
    facts.unknown_outcomes = Vec::new();
    assert_eq!(names(&facts, at(21)), []);
}

#[test]
fn a_job_that_waits_for_long_fires_until_it_is_taken() {
    let facts = |due_at| Facts {
        oldest_due_at: due_at,
        ..Facts::default()
    };
    assert_eq!(names(&facts(Some(at(0))), at(30)), []);
    assert_eq!(names(&facts(Some(at(0))), at(31)), [RuleName::JobWaiting]);
    assert_eq!(names(&facts(Some(at(40))), at(31)), []);
    assert_eq!(names(&facts(None), at(31)), []);
}

#[test]
fn a_disk_that_is_nearly_full_fires_until_there_is_room() {
    let facts = |mebibytes: u64| Facts {
        free_bytes: BTreeMap::from([(node(), mebibytes * 1024 * 1024)]),
        ..Facts::default()
    };
    assert_eq!(names(&facts(2047), at(0)), [RuleName::DiskFull]);
    assert_eq!(names(&facts(2048), at(0)), []);
}

#[test]
fn a_question_that_waits_fires_until_it_is_answered() {
    let facts = |questions| Facts {
        questions,
        ..Facts::default()
    };
    let question = OpenQuestion {
        account: account(),
        asked_at: at(0),
    };
    assert_eq!(names(&facts(vec![question.clone()]), at(1)), []);
    let two = facts(vec![question.clone(), question]);
    assert_eq!(names(&two, at(2)), [RuleName::QuestionWaiting]);
    assert_eq!(names(&facts(Vec::new()), at(2)), []);
}

#[test]
fn unknown_words_fire_for_an_hour_and_name_the_newest_job() {
    let job = |number| JobId::new(at(0), number);
    let words = |minute, number| UnknownPhrase {
        portal: portal(),
        at: at(minute),
        job: job(number),
    };
    let facts = Facts {
        unknown_words: vec![words(0, 1), words(5, 2)],
        ..Facts::default()
    };
    let told = found(&facts, at(6));
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].rule, RuleName::UnknownWords);
    assert!(told[0].text.contains(&job(2).to_string()));
    assert_eq!(names(&facts, at(66)), []);
}

#[test]
fn a_server_that_is_silent_fires_until_it_is_seen_or_gone() {
    let facts = |seen_at| Facts {
        servers: vec![SeenServer {
            id: node(),
            seen_at,
        }],
        ..Facts::default()
    };
    assert_eq!(names(&facts(at(0)), at(2)), []);
    assert_eq!(names(&facts(at(0)), at(3)), [RuleName::ServerSilent]);
    assert_eq!(names(&facts(at(3)), at(3)), []);
    assert_eq!(names(&Facts::default(), at(3)), []);
}
