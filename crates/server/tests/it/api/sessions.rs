//! Sessions: where they stand, what happened to them, and what a person wants of them.

use formhand_domain::{
    AccountKey, AccountName, Clock as _, FailureCode, Generation, PortalName, RecoveryId,
    account::{
        AttemptResult, LoginResult, NeedsHuman, RecoveryCause, RecoveryEnd, RecoveryLevel,
        SessionEvent, SessionHappening, SessionState, Validation,
    },
};
use formhand_store::{SessionWish, Store as _};
use jiff::{SignedDuration, Timestamp};

use super::support::{Api, without_ids};

const JSON: &str = "application/json";

fn key() -> AccountKey {
    AccountKey {
        portal: PortalName::new("garden").unwrap(),
        account: AccountName::new("main").unwrap(),
    }
}

fn recovery() -> RecoveryId {
    RecoveryId::new(Timestamp::UNIX_EPOCH, 7)
}

impl Api {
    async fn happens(&self, what: SessionHappening) {
        let event = SessionEvent {
            at: self.clock.now(),
            generation: Generation::default(),
            what,
        };
        self.store.record_session(&key(), event).await.unwrap();
    }

    async fn is_in(&self, state: SessionState) {
        let now = self.clock.now();
        self.store
            .save_session(&key(), None, state, now)
            .await
            .unwrap();
    }

    async fn tries(&self, level: RecoveryLevel, result: AttemptResult) {
        self.happens(SessionHappening::RecoveryAttempt {
            recovery: recovery(),
            cause: RecoveryCause::Expired,
            level,
            attempt: 1,
            duration_ms: 1200,
            result,
        })
        .await;
    }

    async fn recovery_ends(&self, verdict: RecoveryEnd) {
        self.happens(SessionHappening::RecoveryEnded {
            recovery: recovery(),
            cause: RecoveryCause::Expired,
            verdict,
            duration_ms: 2400,
        })
        .await;
    }
}

#[tokio::test]
async fn every_account_has_a_session_before_its_first_login() {
    let api = Api::new();
    insta::assert_snapshot!(api.get("/api/sessions").await.shown(), @r#"
    200 {
      "sessions": [
        {
          "portal": "garden",
          "name": "main",
          "state": "cold",
          "generation": 0,
          "since": null,
          "validatedAt": null,
          "ageMs": null,
          "level": null,
          "attempt": null,
          "until": null,
          "needs": null,
          "reason": null,
          "wish": null,
          "savedAt": null,
          "prediction": null,
          "lastRecovery": null,
          "alerts": {
            "warning": 0,
            "critical": 0
          }
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn an_active_session_says_how_old_it_is_and_when_it_was_seen_alive() {
    let api = Api::new();
    let budget = formhand_domain::account::LoginBudget {
        logins: 3,
        per: SignedDuration::from_hours(1),
    };
    let now = api.clock.now();
    let ticket = api
        .store
        .begin_login(&key(), None, "c1", budget, now)
        .await
        .unwrap()
        .unwrap();
    api.store
        .finish_login(&key(), ticket, LoginResult::Succeeded, now)
        .await
        .unwrap();
    api.clock.advance(SignedDuration::from_secs(90));
    let session = api.get("/api/sessions").await.json()["sessions"][0].clone();
    assert_eq!(session["state"], "active");
    assert_eq!(session["generation"], 1);
    assert_eq!(session["ageMs"], 90_000);
    assert_eq!(session["since"], "2026-01-02T03:04:05Z");
    assert_eq!(session["validatedAt"], "2026-01-02T03:04:05Z");
}

#[tokio::test]
async fn a_recovering_session_says_at_which_level_and_try() {
    let api = Api::new();
    api.is_in(SessionState::Recovering {
        level: RecoveryLevel::Hard,
        attempt: 2,
        since: api.clock.now(),
    })
    .await;
    let answer = api.get("/api/sessions/garden/main").await.json();
    let session = &answer["session"];
    assert_eq!(session["state"], "recovering");
    assert_eq!(session["level"], "hard");
    assert_eq!(session["attempt"], 2);
    let status = api.get("/api/session/status").await.json();
    assert_eq!(status["status"], "degraded");
}

#[tokio::test]
async fn kf43_a_session_that_needs_a_person_shows_no_credentials() {
    let api = Api::new();
    api.is_in(SessionState::NeedsHuman {
        reason: NeedsHuman::BadCredentials,
        message: "Invalid user name or password".to_owned(),
        credentials: "0123456789abcdef".to_owned(),
    })
    .await;
    for path in [
        "/api/sessions",
        "/api/sessions/garden/main",
        "/api/session/status",
    ] {
        let answer = api.get(path).await;
        assert_eq!(answer.status, 200);
        let leaks = answer.body.contains("gardener") || answer.body.contains("0123456789abcdef");
        assert!(!leaks, "{path}: {}", answer.body);
    }
    insta::assert_snapshot!(api.get("/api/session/status").await.shown(), @r#"
    200 {
      "status": "down",
      "accounts": [
        {
          "portal": "garden",
          "name": "main",
          "state": "needs_human",
          "generation": 0
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn a_history_is_paged_and_its_alerts_end_when_the_session_lives() {
    let api = Api::new();
    api.tries(RecoveryLevel::Soft, AttemptResult::TimedOut)
        .await;
    api.recovery_ends(RecoveryEnd::Exhausted).await;
    let first = api.get("/api/sessions/garden/main?limit=1").await;
    insta::assert_snapshot!(without_ids(&first.shown()), @r#"
    200 {
      "session": {
        "portal": "garden",
        "name": "main",
        "state": "cold",
        "generation": 0,
        "since": null,
        "validatedAt": null,
        "ageMs": null,
        "level": null,
        "attempt": null,
        "until": null,
        "needs": null,
        "reason": null,
        "wish": null,
        "savedAt": null,
        "prediction": null,
        "lastRecovery": {
          "at": "2026-01-02T03:04:05Z",
          "recovery": "[job 1]",
          "cause": "expired",
          "verdict": "exhausted",
          "durationMs": 2400
        },
        "alerts": {
          "warning": 1,
          "critical": 1
        }
      },
      "history": [
        {
          "seq": 2,
          "at": "2026-01-02T03:04:05Z",
          "portal": "garden",
          "name": "main",
          "generation": 0,
          "event": "recovery_ended",
          "severity": "critical",
          "detail": {
            "recovery": "[job 1]",
            "cause": "expired",
            "verdict": "exhausted",
            "durationMs": 2400
          }
        }
      ],
      "next": 2
    }
    "#);
    let next = first.json()["next"].as_u64().unwrap();
    let path = format!("/api/sessions/garden/main?before={next}");
    let second = api.get(&path).await.json();
    assert_eq!(second["history"][0]["event"], "recovery_attempt");
    assert_eq!(second["next"], serde_json::Value::Null);

    api.happens(SessionHappening::Validated {
        by: Validation::Heartbeat,
        round_trip_ms: 40,
    })
    .await;
    let later = api.get("/api/sessions/garden/main").await.json();
    assert_eq!(later["session"]["alerts"]["critical"], 0);
    assert_eq!(later["session"]["alerts"]["warning"], 0);
}

#[tokio::test]
async fn the_recovery_history_counts_how_often_each_level_helped() {
    let api = Api::new();
    let code = FailureCode::BadCredentials;
    api.tries(RecoveryLevel::Soft, AttemptResult::Failed { code })
        .await;
    api.tries(RecoveryLevel::Soft, AttemptResult::Recovered)
        .await;
    api.recovery_ends(RecoveryEnd::Recovered).await;
    api.happens(SessionHappening::BackedUp).await;
    let path = "/api/session/recovery-history?portal=garden&account=main";
    let answer = api.get(path).await.json();
    let events: Vec<&str> = answer["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        events,
        ["recovery_ended", "recovery_attempt", "recovery_attempt"]
    );
    let levels = serde_json::to_string(&answer["levels"]).unwrap();
    insta::assert_snapshot!(levels, @r#"
    [{"level":"soft","attempts":2,"recovered":1,"successRate":0.5},{"level":"hard","attempts":0,"recovered":0,"successRate":null},{"level":"nuclear","attempts":0,"recovered":0,"successRate":null}]
    "#);
    assert_eq!(answer["entries"][2]["detail"]["code"], code.to_string());
}

#[tokio::test]
async fn half_an_account_and_one_that_is_not_there_are_refused() {
    let api = Api::new();
    let mut shown = String::new();
    for path in [
        "/api/session/recovery-history?portal=garden",
        "/api/session/recovery-history?portal=garden&account=other",
        "/api/sessions/garden/other",
        "/api/sessions/garden/main?limit=0",
    ] {
        shown.push_str(&api.get(path).await.brief());
    }
    let answer = api
        .post("/api/sessions/garden/other/recover", JSON, "")
        .await;
    shown.push_str(&answer.brief());
    insta::assert_snapshot!(shown, @r#"
    400 "invalid_parameter": "portal and account name an account together; give both or none"
    404 "account_not_found": "there is no account \"garden/other\"; there is garden/main"
    404 "account_not_found": "there is no account \"garden/other\"; there is garden/main"
    400 "invalid_parameter": "limit 0 is out of range: expected 1 to 500"
    404 "account_not_found": "there is no account \"garden/other\"; there is garden/main"
    "#);
}

#[tokio::test]
async fn a_wish_waits_for_whoever_keeps_the_session() {
    let api = Api::new();
    for (verb, wish) in [
        ("recover", SessionWish::Recover),
        ("login", SessionWish::LogIn),
        ("logout", SessionWish::LogOut),
    ] {
        let path = format!("/api/sessions/garden/main/{verb}");
        let answer = api.post(&path, JSON, "").await;
        assert_eq!(answer.status, 202);
        assert_eq!(
            answer.json()["wished"],
            serde_json::to_value(wish).unwrap(),
            "{verb}"
        );
        let taken = api.store.take_session_wish(&key()).await.unwrap();
        assert_eq!(taken, Some(wish));
    }
}

#[tokio::test]
async fn a_wish_is_refused_where_each_job_logs_in_by_itself() {
    let api = Api::masterless();
    let mut shown = String::new();
    for verb in ["recover", "login", "logout"] {
        let path = format!("/api/sessions/garden/main/{verb}");
        shown.push_str(&api.post(&path, JSON, "").await.brief());
    }
    insta::assert_snapshot!(shown, @r#"
    409 "no_master_session": "each job of garden/main logs in by itself (`clone: login`), so there is no session to recover, log in or log out"
    409 "no_master_session": "each job of garden/main logs in by itself (`clone: login`), so there is no session to recover, log in or log out"
    409 "no_master_session": "each job of garden/main logs in by itself (`clone: login`), so there is no session to recover, log in or log out"
    "#);
    assert_eq!(api.store.take_session_wish(&key()).await.unwrap(), None);
}

#[tokio::test]
async fn a_wish_needs_the_token_even_where_reads_are_open() {
    let api = Api::with(true, None);
    let host = [("host", "localhost")];
    let path = "/api/sessions/garden/main/recover";
    assert_eq!(api.raw("POST", path, &host, "").await.status, 401);
    assert_eq!(api.raw("GET", "/api/sessions", &host, "").await.status, 200);
    assert_eq!(api.store.take_session_wish(&key()).await.unwrap(), None);
}
