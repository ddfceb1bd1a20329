//! Raw looks at what a store has written.

use std::{fs, path::Path};

use formhand_domain::{
    Failure, FailureCode, Generation, JobEvent, QuestionId,
    account::{SessionEvent, SessionHappening, SessionState},
};
use formhand_store::{
    DeliveryFilter, JobFilter, NewDelivery, Question, QuestionKind, SearchText,
    SessionHistoryFilter, Store, Submitted, verify,
};
use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};

use crate::{
    backend::Mongo,
    copy::fill,
    given::{
        self, account, account_named, at, but, fail, person, record, say, submitted, with_key,
    },
    webhook::named,
};

/// What is in a store that [`plant`] filled, and may not be seen. Each is too long to be in a sealed text by chance.
pub(super) const PLANTED: [&str; 11] = [
    "planted-label",
    "plantedword",
    "planted-record",
    "planted-caller",
    "planted-chassis",
    "planted-call",
    "planted-failure",
    "planted-reason",
    "planted-picture",
    "planted-answer",
    "planted-body",
];

/// What may be seen of the same store, so that whoever looks is known to find what is there.
pub(super) const SEEN: [&str; 4] = ["broker", "motor", "needs_review", "submit"];

/// A store with everything in it, and texts that are found again.
pub(super) async fn plant(store: &dyn Store) {
    // First, while no other job waits to be claimed.
    let crossed = given::crossed(store, "planted failure").await;
    let failure = Failure::new(FailureCode::Network, "planted-failure");
    say(store, &crossed, fail(failure)).await;
    fill(store).await;
    let planted = but(record("planted"), |job| {
        job.caller_id = formhand_domain::CallerId::new("planted-caller").unwrap();
        job.business_key = Some(formhand_domain::BusinessKey::new("planted-chassis").unwrap());
        job.label = "Asha planted-label plantedword".into();
        job.record = serde_json::json!({ "name": "planted-record" });
    });
    let id = submitted(store, with_key(planted, "planted-call")).await;
    let reason = "planted-reason".into();
    let cancel = store.apply(id, person(), JobEvent::Cancel { reason }, at(2));
    cancel.await.unwrap();
    asked(store).await;
    let body = r#"{"said":"planted-body"}"#.to_owned();
    let message = NewDelivery {
        id: "msg-planted".into(),
        kind: "job.completed".into(),
        job: Some(id),
        body,
    };
    let crm = named("crm");
    let made = store.make_deliveries(&crm, 10, vec![message], at(2));
    made.await.unwrap();
    let event = SessionEvent {
        at: at(7),
        generation: Generation(1),
        what: SessionHappening::LoggedIn {
            duration_ms: 900,
            tries: 1,
        },
    };
    store.record_session(&account(), event).await.unwrap();
    let down = SessionState::Down {
        until: at(900),
        reason: "planted-reason".into(),
    };
    let agent = account_named("agent");
    let saved = store.save_session(&agent, None, down, at(8));
    saved.await.unwrap();
}

async fn asked(store: &dyn Store) {
    let id = QuestionId::new("planted").unwrap();
    let question = Question {
        id: id.clone(),
        kind: QuestionKind::Captcha,
        account: account(),
        picture: b"planted-picture".to_vec(),
        asked_at: at(0),
        expires_at: at(180),
        answer: None,
    };
    store.ask(question).await.unwrap();
    assert!(store.answer(&id, "planted-answer", at(1)).await.unwrap());
}

/// All bytes of the files of a folder.
pub(super) fn raw_files(folder: &Path) -> Vec<u8> {
    let files = fs::read_dir(folder).unwrap();
    files
        .flat_map(|file| fs::read(file.unwrap().path()).unwrap())
        .collect()
}

/// All documents of a database, as text; bytes as if they were letters.
pub(super) async fn raw_documents(mongo: &Mongo) -> Vec<u8> {
    let client = mongodb::Client::with_uri_str(mongo.url()).await.unwrap();
    let database = client.default_database().unwrap();
    let mut all = Vec::new();
    for name in database.list_collection_names().await.unwrap() {
        let collection = database.collection::<Document>(&name);
        let found = collection.find(doc! {});
        let found: Vec<Document> = found.await.unwrap().try_collect().await.unwrap();
        for document in found {
            all.extend(document.to_vec().unwrap());
        }
    }
    all
}

/// Which of the texts are in the bytes.
pub(super) fn found<'a>(texts: &[&'a str], bytes: &[u8]) -> Vec<&'a str> {
    let is_in = |text: &&&str| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    texts.iter().filter(is_in).copied().collect()
}

/// Compares all that is sealed in one of two stores.
pub(super) async fn assert_same(one: &dyn Store, other: &dyn Store) {
    let all = JobFilter::default();
    let jobs = one.jobs(all.clone(), None, 500).await.unwrap().jobs;
    assert!(jobs.len() > 50, "{}", jobs.len());
    let others = other.jobs(all, None, 500).await.unwrap().jobs;
    assert!(jobs == others, "the jobs differ");
    for job in &jobs {
        let found = one.job_of_caller(&job.caller_id).await.unwrap();
        assert_eq!(found, other.job_of_caller(&job.caller_id).await.unwrap());
        let by_key = JobFilter {
            business_key: job.business_key.clone(),
            text: SearchText::new(job.caller_id.as_str()).ok(),
            ..JobFilter::default()
        };
        let found = one.jobs(by_key.clone(), None, 50).await.unwrap().jobs;
        assert!(found == other.jobs(by_key, None, 50).await.unwrap().jobs);
    }
    assert_eq!(one.stats().await.unwrap(), other.stats().await.unwrap());
    let audit = one.audit_after(0, 10_000).await.unwrap();
    assert_eq!(audit, other.audit_after(0, 10_000).await.unwrap());
    let proved = verify(one, None, |_| ()).await.unwrap().unwrap();
    assert_eq!(Ok(proved), verify(other, None, |_| ()).await.unwrap());
    let sessions = one.sessions().await.unwrap();
    assert!(sessions == other.sessions().await.unwrap());
    let all = SessionHistoryFilter::default();
    let events = one.session_history(all.clone(), None, 500).await.unwrap();
    assert_eq!(events, other.session_history(all, None, 500).await.unwrap());
    let open = one.open_questions(at(1)).await.unwrap();
    assert!(open.len() == 1 && open == other.open_questions(at(1)).await.unwrap());
    for webhook in one.webhooks().await.unwrap() {
        let (name, all) = (&webhook.name, DeliveryFilter::default());
        let page = one.deliveries(name, all.clone(), None, 100).await.unwrap();
        assert_eq!(page, other.deliveries(name, all, None, 100).await.unwrap());
    }
    // The same call is still the same call.
    let twin = with_key(record("planted"), "planted-call");
    let replayed = other.submit(twin).await.unwrap();
    assert!(matches!(replayed, Submitted::Replayed(_)), "{replayed:?}");
}
