//! The form in which sessions and what happened to them are stored, and who should look at it.

use formhand_domain::{
    FailureCode, Generation, RecoveryId,
    account::{
        AttemptResult, LoggedOutBy, LoginResult, NeedsHuman, RecoveryCause, RecoveryEnd,
        RecoveryLevel, SessionEvent, SessionEventKind, SessionHappening, SessionState, Severity,
        Validation,
    },
};

use crate::given::{at, start};

/// One event of each kind, and of each result that tells something of its own.
fn happenings() -> Vec<SessionHappening> {
    let recovery = RecoveryId::new(start(), 7);
    let cause = RecoveryCause::Expired;
    let attempt = |result| SessionHappening::RecoveryAttempt {
        recovery,
        cause,
        level: RecoveryLevel::Soft,
        attempt: 2,
        duration_ms: 1_500,
        result,
    };
    let ended = |verdict| SessionHappening::RecoveryEnded {
        recovery,
        cause,
        verdict,
        duration_ms: 4_000,
    };
    let mut all = vec![
        SessionHappening::LoggedIn {
            duration_ms: 900,
            tries: 2,
        },
        SessionHappening::LoginFailed {
            result: LoginResult::CaptchaWrong,
            duration_ms: 700,
        },
        SessionHappening::Validated {
            by: Validation::Heartbeat,
            round_trip_ms: 12,
        },
        SessionHappening::Expired {
            seen_by: Validation::Job,
            lived_ms: 1_200_000,
            unseen_ms: 300_000,
            detected_ms: Some(9),
        },
        SessionHappening::BrowserLost {
            cause: RecoveryCause::BrowserGone,
            detected_ms: None,
        },
        SessionHappening::Renewed {
            lived_ms: 1_140_000,
        },
        SessionHappening::LoggedOut {
            by: LoggedOutBy::Exclusive,
        },
        SessionHappening::BackedUp,
        SessionHappening::Restored,
    ];
    let results = [
        AttemptResult::Recovered,
        AttemptResult::Failed {
            code: FailureCode::Network,
        },
        AttemptResult::TimedOut,
        AttemptResult::BrowserLost,
        AttemptResult::BudgetSpent,
        AttemptResult::NeedsHuman {
            reason: NeedsHuman::Locked,
        },
    ];
    all.extend(results.map(attempt));
    all.extend(RecoveryEnd::ALL.iter().copied().map(ended));
    all
}

#[test]
fn what_happens_to_a_session_is_stored_like_this() {
    let stored: Vec<String> = happenings()
        .iter()
        .map(|what| serde_json::to_string(what).unwrap())
        .collect();
    insta::assert_snapshot!(stored.join("\n"), @r#"
    {"event":"logged_in","duration_ms":900,"tries":2}
    {"event":"login_failed","result":"captcha_wrong","duration_ms":700}
    {"event":"validated","by":"heartbeat","round_trip_ms":12}
    {"event":"expired","seen_by":"job","lived_ms":1200000,"unseen_ms":300000,"detected_ms":9}
    {"event":"browser_lost","cause":"browser_gone","detected_ms":null}
    {"event":"renewed","lived_ms":1140000}
    {"event":"logged_out","by":"exclusive"}
    {"event":"backed_up"}
    {"event":"restored"}
    {"event":"recovery_attempt","recovery":"01KE6P4YM00000000000000007","cause":"expired","level":"soft","attempt":2,"duration_ms":1500,"result":{"result":"recovered"}}
    {"event":"recovery_attempt","recovery":"01KE6P4YM00000000000000007","cause":"expired","level":"soft","attempt":2,"duration_ms":1500,"result":{"result":"failed","code":"network"}}
    {"event":"recovery_attempt","recovery":"01KE6P4YM00000000000000007","cause":"expired","level":"soft","attempt":2,"duration_ms":1500,"result":{"result":"timed_out"}}
    {"event":"recovery_attempt","recovery":"01KE6P4YM00000000000000007","cause":"expired","level":"soft","attempt":2,"duration_ms":1500,"result":{"result":"browser_lost"}}
    {"event":"recovery_attempt","recovery":"01KE6P4YM00000000000000007","cause":"expired","level":"soft","attempt":2,"duration_ms":1500,"result":{"result":"budget_spent"}}
    {"event":"recovery_attempt","recovery":"01KE6P4YM00000000000000007","cause":"expired","level":"soft","attempt":2,"duration_ms":1500,"result":{"result":"needs_human","reason":"locked"}}
    {"event":"recovery_ended","recovery":"01KE6P4YM00000000000000007","cause":"expired","verdict":"recovered","duration_ms":4000}
    {"event":"recovery_ended","recovery":"01KE6P4YM00000000000000007","cause":"expired","verdict":"exhausted","duration_ms":4000}
    {"event":"recovery_ended","recovery":"01KE6P4YM00000000000000007","cause":"expired","verdict":"budget_spent","duration_ms":4000}
    {"event":"recovery_ended","recovery":"01KE6P4YM00000000000000007","cause":"expired","verdict":"needs_human","duration_ms":4000}
    "#);
    for (text, what) in stored.iter().zip(happenings()) {
        assert_eq!(
            serde_json::from_str::<SessionHappening>(text).unwrap(),
            what
        );
        assert!(text.starts_with(&format!(r#"{{"event":"{}""#, what.name())));
    }
    for kind in SessionEventKind::ALL {
        assert!(
            happenings().iter().any(|what| what.kind() == *kind),
            "{kind}"
        );
    }
}

#[test]
fn an_event_carries_its_time_and_its_generation() {
    let event = SessionEvent {
        at: at(5),
        generation: Generation(3),
        what: SessionHappening::BackedUp,
    };
    let text = serde_json::to_string(&event).unwrap();
    insta::assert_snapshot!(text, @r#"{"at":"2026-01-05T09:00:05Z","generation":3,"what":{"event":"backed_up"}}"#);
    assert_eq!(serde_json::from_str::<SessionEvent>(&text).unwrap(), event);
}

#[test]
fn kf33_what_nothing_helps_by_itself_is_critical_and_told_once() {
    let critical: Vec<String> = happenings()
        .iter()
        .filter(|what| what.severity() == Severity::Critical)
        .map(|what| serde_json::to_string(what).unwrap())
        .collect();
    insta::assert_snapshot!(critical.join("\n"), @r#"
    {"event":"recovery_ended","recovery":"01KE6P4YM00000000000000007","cause":"expired","verdict":"exhausted","duration_ms":4000}
    {"event":"recovery_ended","recovery":"01KE6P4YM00000000000000007","cause":"expired","verdict":"needs_human","duration_ms":4000}
    "#);
    let warnings = happenings()
        .iter()
        .filter(|what| what.severity() == Severity::Warning)
        .count();
    assert_eq!(warnings, 9);
}

/// The first of them were written by the version before: they must be read for ever.
#[test]
fn a_session_is_stored_like_this() {
    let (since, validated_at) = (at(1), at(2));
    let states = [
        SessionState::Cold,
        SessionState::LoggingIn { since },
        SessionState::Active {
            generation: Generation(3),
            since,
            validated_at,
        },
        SessionState::Down {
            until: at(60),
            reason: "closed".into(),
        },
        SessionState::NeedsHuman {
            reason: NeedsHuman::Demand,
            message: "enter the code".into(),
            credentials: "c1".into(),
        },
        SessionState::Recovering {
            level: RecoveryLevel::Hard,
            attempt: 2,
            since,
        },
    ];
    let stored: Vec<String> = states
        .iter()
        .map(|state| serde_json::to_string(state).unwrap())
        .collect();
    insta::assert_snapshot!(stored.join("\n"), @r#"
    {"state":"cold"}
    {"state":"logging_in","since":"2026-01-05T09:00:01Z"}
    {"state":"active","generation":3,"since":"2026-01-05T09:00:01Z","validated_at":"2026-01-05T09:00:02Z"}
    {"state":"down","until":"2026-01-05T09:01:00Z","reason":"closed"}
    {"state":"needs_human","reason":"demand","message":"enter the code","credentials":"c1"}
    {"state":"recovering","level":"hard","attempt":2,"since":"2026-01-05T09:00:01Z"}
    "#);
    for (text, state) in stored.iter().zip(states) {
        assert_eq!(serde_json::from_str::<SessionState>(text).unwrap(), state);
    }
}

#[test]
fn a_name_that_is_not_known_is_answered_with_those_that_are() {
    let error = "sleeping".parse::<RecoveryLevel>().unwrap_err();
    insta::assert_snapshot!(error, @r#""sleeping" is not known: expected one of soft, hard, nuclear"#);
    assert_eq!("nuclear".parse(), Ok(RecoveryLevel::Nuclear));
}
