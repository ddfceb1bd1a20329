//! A store with everything in it.

use formhand_domain::{
    End, Failure, FailureCode, Generation, Job, JobEvent, JobState, QuestionId, Writer,
    account::{LoginBudget, LoginResult, SessionEvent, SessionHappening, SessionState},
};
use formhand_store::{
    Act, Deed, DeliveryState, Question, QuestionKind, SessionReport, SessionWish, Store,
    SwitchedOff, WebhookState,
};
use jiff::SignedDuration;

use crate::{
    given::{
        self, account, account_named, at, but, fail, invalid, passing, person, record, say,
        submitted, with_key, worker,
    },
    webhook::{message, named, tried},
};

pub(super) const BUDGET: LoginBudget = LoginBudget {
    logins: 3,
    per: SignedDuration::from_hours(1),
};

/// Jobs in every state, and accounts that have seen much.
pub(crate) async fn fill(store: &dyn Store) {
    ended(store).await;
    unsettled(store).await;
    at_work(store).await;
    waiting(store).await;
    accounts(store).await;
    questions(store).await;
    webhooks(store).await;
    remove_newest(store).await;
    told(store).await;
}

/// What a person did, and what is known of alerts.
async fn told(store: &dyn Store) {
    let forgive = Act::of_person("mina", Deed::Forgive(account()), at(4));
    store.note(forgive).await.unwrap();
    let silences = r#"{"silences":[]}"#;
    for was in [0, 1] {
        assert!(store.write_slate("alerts", was, silences).await.unwrap());
    }
}

async fn ended(store: &dyn Store) {
    given::completed(store, "completed").await;
    let forgotten = given::completed(store, "forgotten").await;
    person_or_queue(store, &forgotten, Writer::Queue, JobEvent::Forget).await;
    let filed = given::filed(store, "completed with errors").await;
    let optional = Failure::new(FailureCode::Network, "no document");
    let event = JobEvent::Complete {
        optional_failure: Some(optional),
    };
    say(store, &filed, event).await;
    let crossed = given::crossed(store, "refused by the portal").await;
    let failure = Failure::new(FailureCode::InvalidRecord, "the portal's words");
    say(store, &crossed, JobEvent::Reject { failure }).await;
    let filed = given::filed(store, "failed after the filing").await;
    say(store, &filed, fail(passing())).await;
    submitted(store, with_key(invalid("invalid"), "call-invalid")).await;
    let twin = with_key(record("completed"), "call-twin");
    submitted(store, twin).await;
    let id = submitted(store, record("cancelled")).await;
    let reason = "sold elsewhere".into();
    let cancel = store.apply(id, person(), JobEvent::Cancel { reason }, at(2));
    cancel.await.unwrap();
}

async fn unsettled(store: &dyn Store) {
    let armed = given::armed(store, "to be searched for").await;
    say(store, &armed, fail(passing())).await;
    let crossed = given::crossed(store, "searched for in vain").await;
    let unknown = say(store, &crossed, fail(passing())).await;
    let event = JobEvent::SearchEnded {
        next_at: None,
        said: "not in the list".into(),
    };
    let token = unknown.fence;
    person_or_queue(store, &unknown, Writer::Searcher { token }, event).await;
    let failing = given::filling(store, "failed and tried again").await;
    say(store, &failing, fail(passing())).await;
}

/// A dead server's.
async fn at_work(store: &dyn Store) {
    given::claimed(store, "claimed").await;
    given::filling(store, "filling").await;
    given::crossed(store, "crossed").await;
    let filed = given::filed(store, "filed").await;
    let expires_at = at(90);
    say(store, &filed, JobEvent::Renew { expires_at }).await;
}

async fn waiting(store: &dyn Store) {
    let id = submitted(store, record("held")).await;
    let held = store.apply(id, person(), JobEvent::Hold, at(2));
    held.await.unwrap();
    submitted(store, with_key(record("waiting"), "call-waiting")).await;
    let of_another = but(record("of another account"), |job| {
        job.account = account_named("agent").account;
        job.record = serde_json::json!({ "ř": [1, null, true], "long": "x".repeat(10_000) });
    });
    submitted(store, of_another).await;
    for case in 0..40 {
        submitted(store, record(&format!("many {case}"))).await;
    }
}

async fn accounts(store: &dyn Store) {
    let keeper = given::kept(store, "node-a", 0).await;
    given::logged_in(store, Some(keeper)).await;
    given::logged_in(store, Some(keeper)).await;
    let stale = SessionReport::Stale(Generation(1));
    store.report_session(&account(), stale).await.unwrap();
    for second in 0..30 {
        event(store, "broker", second).await;
        event(store, "agent", second).await;
    }
    login(store, "locked out", LoginResult::BadCredentials).await;
    login(store, "forgiven", LoginResult::Locked).await;
    let forgiven = account_named("forgiven");
    store.forgive_account(&forgiven, at(5)).await.unwrap();
    for _ in 0..3 {
        login(store, "spent", LoginResult::CaptchaWrong).await;
    }
    let begun = account_named("begun");
    let login = store.begin_login(&begun, None, "p1", BUDGET, at(3));
    login.await.unwrap().unwrap();
    let down = SessionState::Down {
        until: at(900),
        reason: "the portal is shut".into(),
    };
    let agent = account_named("agent");
    let saved = store.save_session(&agent, None, down, at(4));
    saved.await.unwrap();
    let wished = store.wish_session(&agent, SessionWish::LogIn, at(5));
    wished.await.unwrap();
}

async fn login(store: &dyn Store, name: &str, result: LoginResult) {
    let account = account_named(&name.replace(' ', "-"));
    let ticket = store.begin_login(&account, None, "p1", BUDGET, at(2));
    let ticket = ticket.await.unwrap().unwrap();
    let finished = store.finish_login(&account, ticket, result, at(3));
    finished.await.unwrap();
}

async fn event(store: &dyn Store, name: &str, second: i64) {
    let event = SessionEvent {
        at: at(second),
        generation: Generation(1),
        what: SessionHappening::LoggedIn {
            duration_ms: 900,
            tries: 1,
        },
    };
    let account = account_named(name);
    store.record_session(&account, event).await.unwrap();
}

async fn questions(store: &dyn Store) {
    for (name, kind) in [
        ("open", QuestionKind::Captcha),
        ("answered", QuestionKind::OneTimeCode),
    ] {
        let id = QuestionId::new(name).unwrap();
        let question = Question {
            id: id.clone(),
            kind,
            account: account(),
            picture: vec![0, 159, 146, 150],
            asked_at: at(0),
            expires_at: at(180),
            answer: None,
        };
        store.ask(question).await.unwrap();
        if name == "answered" {
            assert!(store.answer(&id, "123456", at(1)).await.unwrap());
        }
    }
}

/// One that is told, and one that is switched off.
async fn webhooks(store: &dyn Store) {
    let (crm, books) = (named("crm"), named("books"));
    for name in [&crm, &books] {
        store.begin_webhook(name, 3).await.unwrap();
    }
    let off = WebhookState {
        off: Some(SwitchedOff {
            at: at(4),
            said: "it answered 410 Gone".into(),
        }),
        failing: None,
        asked_at: Some(at(1)),
    };
    assert!(store.save_webhook(&books, 1, off).await.unwrap());
    let new = (0..5).map(message).collect();
    store.make_deliveries(&crm, 9, new, at(2)).await.unwrap();
    for (number, state) in [
        (0, DeliveryState::Delivered { at: at(3) }),
        (1, DeliveryState::Failed { at: at(3) }),
    ] {
        let id = message(number).id;
        let delivery = store.delivery(&crm, &id).await.unwrap().unwrap();
        let changed = delivery.tried(tried(503), state);
        assert!(store.save_delivery(changed).await.unwrap());
    }
}

/// The highest number of the audit is of a job that is not there any more.
async fn remove_newest(store: &dyn Store) {
    let id = submitted(store, record("removed")).await;
    let reason = String::new();
    let cancel = store.apply(id, person(), JobEvent::Cancel { reason }, at(2));
    let job = cancel.await.unwrap();
    assert!(matches!(
        job.state,
        JobState::Finished {
            end: End::Cancelled { .. },
            ..
        }
    ));
    assert!(store.remove(id, at(3), at(9)).await.unwrap());
}

async fn person_or_queue(store: &dyn Store, job: &Job, writer: Writer, event: JobEvent) {
    store.apply(job.id, writer, event, at(9)).await.unwrap();
}

/// A claimed job goes on, as its worker.
pub(super) async fn renewed(store: &dyn Store, job: &Job) -> bool {
    let expires_at = at(500);
    let renew = JobEvent::Renew { expires_at };
    store.apply(job.id, worker(job), renew, at(3)).await.is_ok()
}
