//! The recovery ladder: its order, its stops and its end.

use std::time::Duration;

use formhand_domain::{
    FailureCode,
    account::{
        AttemptResult, Ladder, LevelRules, NeedsHuman, RecoveryCause, RecoveryEnd, RecoveryLevel,
        RecoveryRules, Verdict,
    },
};
use proptest::prelude::*;

const FAILED: AttemptResult = AttemptResult::Failed {
    code: FailureCode::LoginFailed,
};

/// All tries of a recovery to which `result` says what comes of each, and its end.
fn climb(
    cause: RecoveryCause,
    rules: RecoveryRules,
    mut result: impl FnMut(RecoveryLevel, u32) -> AttemptResult,
) -> (Vec<(RecoveryLevel, u32, Duration, Duration)>, RecoveryEnd) {
    let mut tries = Vec::new();
    let mut verdict = Ladder::begin(cause, rules);
    loop {
        match verdict {
            Verdict::Try {
                ladder,
                level,
                attempt,
                pause,
                limit,
            } => {
                tries.push((level, attempt, pause, limit));
                verdict = ladder.next(result(level, attempt));
            }
            Verdict::Ended(end) => return (tries, end),
        }
    }
}

fn told(cause: RecoveryCause, rules: RecoveryRules, result: AttemptResult) -> String {
    let (tries, end) = climb(cause, rules, |_, _| result);
    let mut lines: Vec<String> = tries
        .iter()
        .map(|(level, attempt, pause, limit)| format!("{pause:?}: {level} {attempt} ({limit:?})"))
        .collect();
    lines.push(end.to_string());
    lines.join("\n")
}

#[test]
fn it_climbs_level_after_level_with_pauses_and_limits_and_ends_exhausted() {
    let rules = RecoveryRules::default();
    insta::assert_snapshot!(told(RecoveryCause::Expired, rules, FAILED), @"
    0ns: soft 1 (60s)
    2s: soft 2 (60s)
    4s: soft 3 (60s)
    0ns: hard 1 (90s)
    5s: hard 2 (90s)
    0ns: nuclear 1 (120s)
    exhausted
    ");
}

#[test]
fn kf31_a_level_that_hangs_is_given_up_like_one_that_fails() {
    let rules = RecoveryRules::default();
    let hung = told(RecoveryCause::Expired, rules, AttemptResult::TimedOut);
    assert_eq!(hung, told(RecoveryCause::Expired, rules, FAILED));
}

#[test]
fn kf29_counters_belong_to_one_recovery_and_not_to_a_lifetime() {
    let rules = RecoveryRules::default();
    let first = climb(RecoveryCause::Expired, rules, |_, _| FAILED);
    assert_eq!(first.1, RecoveryEnd::Exhausted);
    for _ in 0..100 {
        let later = climb(RecoveryCause::Probe, rules, |_, _| FAILED);
        assert_eq!(later, first);
    }
}

#[test]
fn a_browser_that_is_gone_or_hangs_is_replaced_at_once() {
    for cause in RecoveryCause::ALL {
        let (tries, _) = climb(*cause, RecoveryRules::default(), |_, _| FAILED);
        let lost = [RecoveryCause::BrowserGone, RecoveryCause::BrowserHung].contains(cause);
        let first = if lost {
            RecoveryLevel::Hard
        } else {
            RecoveryLevel::Soft
        };
        assert_eq!(tries[0].0, first, "{cause}");
    }
}

#[test]
fn a_browser_that_is_lost_while_logging_in_again_is_replaced_at_once() {
    let rules = RecoveryRules::default();
    let lost = told(RecoveryCause::Expired, rules, AttemptResult::BrowserLost);
    insta::assert_snapshot!(lost, @"
    0ns: soft 1 (60s)
    0ns: hard 1 (90s)
    5s: hard 2 (90s)
    0ns: nuclear 1 (120s)
    exhausted
    ");
    let crashed = FailureCode::BrowserCrashed.into();
    assert_eq!(told(RecoveryCause::Expired, rules, crashed), lost);
}

#[test]
fn a_session_that_is_there_again_ends_it() {
    let (tries, end) = climb(
        RecoveryCause::Expired,
        RecoveryRules::default(),
        |level, attempt| match (level, attempt) {
            (RecoveryLevel::Hard, 2) => AttemptResult::Recovered,
            _ => FAILED,
        },
    );
    assert_eq!((tries.len(), end), (5, RecoveryEnd::Recovered));
}

/// Whatever is left of the ladder, and also where the refusal comes as a plain failure.
#[test]
fn kf25_a_refusal_a_lock_a_demand_and_a_spent_budget_stop_it_at_once() {
    let human = |reason| AttemptResult::NeedsHuman { reason };
    let failed = |code| AttemptResult::Failed { code };
    let stops = [
        (human(NeedsHuman::BadCredentials), RecoveryEnd::NeedsHuman),
        (human(NeedsHuman::Locked), RecoveryEnd::NeedsHuman),
        (human(NeedsHuman::Demand), RecoveryEnd::NeedsHuman),
        (failed(FailureCode::BadCredentials), RecoveryEnd::NeedsHuman),
        (failed(FailureCode::AccountLocked), RecoveryEnd::NeedsHuman),
        (failed(FailureCode::HumanNeeded), RecoveryEnd::NeedsHuman),
        (AttemptResult::BudgetSpent, RecoveryEnd::BudgetSpent),
    ];
    for (stop, expected) in stops {
        for before in 0..6 {
            let mut number = 0;
            let (tries, end) = climb(RecoveryCause::Expired, RecoveryRules::default(), |_, _| {
                number += 1;
                if number > before { stop } else { FAILED }
            });
            assert_eq!((tries.len(), end), (before + 1, expected), "{stop:?}");
        }
    }
}

#[test]
fn a_level_without_tries_is_passed_over() {
    let mut rules = RecoveryRules::default();
    rules.hard.attempts = 0;
    insta::assert_snapshot!(told(RecoveryCause::BrowserGone, rules, FAILED), @"
    0ns: nuclear 1 (120s)
    exhausted
    ");
    rules.nuclear.attempts = 0;
    insta::assert_snapshot!(told(RecoveryCause::BrowserGone, rules, FAILED), @"exhausted");
    rules.soft.attempts = 0;
    insta::assert_snapshot!(told(RecoveryCause::Expired, rules, FAILED), @"exhausted");
}

fn level() -> impl Strategy<Value = LevelRules> {
    (0..6_u32, 0..300_u64, 0..300_u64).prop_map(|(attempts, limit, pause)| LevelRules {
        attempts,
        limit: Duration::from_secs(limit),
        pause: Duration::from_secs(pause),
    })
}

fn rules() -> impl Strategy<Value = RecoveryRules> {
    (level(), level(), level()).prop_map(|(soft, hard, nuclear)| RecoveryRules {
        soft,
        hard,
        nuclear,
        ..RecoveryRules::default()
    })
}

fn result() -> impl Strategy<Value = AttemptResult> {
    prop_oneof![
        6 => Just(FAILED),
        3 => Just(AttemptResult::TimedOut),
        2 => Just(AttemptResult::BrowserLost),
        1 => Just(AttemptResult::Recovered),
        1 => Just(AttemptResult::BudgetSpent),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_ladder_goes_down_or_beyond_its_rules_and_each_ends(
        cause in prop::sample::select(RecoveryCause::ALL),
        rules in rules(),
        results in prop::collection::vec(result(), 20),
    ) {
        let mut results = results.into_iter();
        // Longer than any ladder of these rules: a missing result fails the test.
        let (tries, end) = climb(cause, rules, |_, _| results.next().expect("it goes on for ever"));
        prop_assert!(tries.is_sorted());
        for level in RecoveryLevel::ALL {
            let of_level: Vec<_> = tries.iter().filter(|(at, ..)| at == level).collect();
            prop_assert!(of_level.len() <= rules.of(*level).attempts as usize);
            prop_assert!(of_level.is_empty() || *level >= cause.first_level());
            prop_assert!(of_level.iter().map(|(_, attempt, ..)| *attempt).eq(1..=u32::try_from(of_level.len()).unwrap()));
        }
        if end == RecoveryEnd::Exhausted && cause.first_level() == RecoveryLevel::Hard {
            let both = rules.hard.attempts + rules.nuclear.attempts;
            prop_assert_eq!(tries.len(), both as usize);
        }
    }
}
