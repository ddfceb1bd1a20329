//! Signals of changes.

use formhand_domain::{
    Generation, JobEvent, WebhookName,
    account::{SessionEvent, SessionHappening, SessionState},
};
use formhand_store::{
    Change, NewDelivery, Question, QuestionKind, SessionHistoryFilter, SessionWish, WebhookState,
};

use crate::{
    backend::{Backend, on_a_sealed_database, on_every_backend},
    given::{self, account, at, person, record},
    told::Listener,
};

on_every_backend! {
    a_change_of_a_job_is_told_with_its_entry_once_it_is_stored,
    a_refused_change_is_not_told,
    the_changes_of_a_job_are_told_in_their_order,
    a_change_of_a_session_is_told,
    a_wish_is_told_and_so_is_that_somebody_took_it,
    a_question_is_told_and_so_is_its_answer,
    what_happened_to_a_session_is_told_once_it_is_stored,
    how_a_webhook_stands_is_told_and_its_deliveries_are_not,
}

on_a_sealed_database! {
    a_change_of_a_job_is_told_with_its_entry_once_it_is_stored,
    what_happened_to_a_session_is_told_once_it_is_stored,
}

async fn a_change_of_a_job_is_told_with_its_entry_once_it_is_stored(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut changes = store.changes();
    let id = given::submitted(&*store, record("one")).await;
    let Change::Job(entry) = changes.recv().await.unwrap() else {
        panic!("no job");
    };
    let history = backend.open().await.history(id, 1).await.unwrap();
    assert_eq!(vec![*entry], history);
}

async fn a_refused_change_is_not_told(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut listener = Listener::of(&*store);
    let id = given::submitted(&*store, record("one")).await;
    assert_eq!(listener.events().await, ["submit"]);
    let refused = store.apply(id, person(), JobEvent::Unhold, at(1)).await;
    assert!(refused.is_err());
    assert!(listener.heard().await.is_empty());
}

async fn the_changes_of_a_job_are_told_in_their_order(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut listener = Listener::of(&*store);
    given::completed(&*store, "one").await;
    assert_eq!(
        listener.events().await,
        [
            "submit",
            "claim",
            "enter_form",
            "arm",
            "cross",
            "receive",
            "complete"
        ]
    );
}

async fn a_change_of_a_session_is_told(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut listener = Listener::of(&*store);
    store
        .save_session(&account(), None, SessionState::Cold, at(0))
        .await
        .unwrap();
    assert_eq!(listener.heard().await, [Change::Session]);
}

async fn a_wish_is_told_and_so_is_that_somebody_took_it(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut listener = Listener::of(&*store);
    store
        .wish_session(&account(), SessionWish::LogIn, at(0))
        .await
        .unwrap();
    assert_eq!(listener.heard().await, [Change::Session]);
    for news in [&[Change::Session][..], &[]] {
        store.take_session_wish(&account()).await.unwrap();
        assert_eq!(
            listener.heard().await,
            news,
            "that there is no wish is no news"
        );
    }
}

async fn a_question_is_told_and_so_is_its_answer(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut listener = Listener::of(&*store);
    let id = formhand_domain::QuestionId::new("q1").unwrap();
    let question = Question {
        id: id.clone(),
        kind: QuestionKind::Captcha,
        account: account(),
        picture: vec![1],
        asked_at: at(0),
        expires_at: at(60),
        answer: None,
    };
    store.ask(question).await.unwrap();
    assert_eq!(listener.heard().await, [Change::Question]);
    for news in [&[Change::Question][..], &[]] {
        store.answer(&id, "7XK2", at(1)).await.unwrap();
        assert_eq!(listener.heard().await, news, "it takes one answer");
    }
}

async fn how_a_webhook_stands_is_told_and_its_deliveries_are_not(backend: &dyn Backend) {
    let store = backend.open().await;
    let name = WebhookName::new("crm").unwrap();
    store.begin_webhook(&name, 0).await.unwrap();
    let mut listener = Listener::of(&*store);
    let new = NewDelivery {
        id: "msg_1".to_owned(),
        kind: "job.completed".to_owned(),
        job: None,
        body: "{}".to_owned(),
    };
    let made = store.make_deliveries(&name, 3, vec![new], at(1)).await;
    made.unwrap();
    assert!(listener.heard().await.is_empty());
    let asked = WebhookState {
        asked_at: Some(at(2)),
        ..WebhookState::default()
    };
    for news in [&[Change::Webhook][..], &[]] {
        let saved = store.save_webhook(&name, 1, asked.clone()).await.unwrap();
        assert_eq!(saved, !news.is_empty());
        assert_eq!(
            listener.heard().await,
            news,
            "what is not written is no news"
        );
    }
}

async fn what_happened_to_a_session_is_told_once_it_is_stored(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut changes = store.changes();
    let event = SessionEvent {
        at: at(1),
        generation: Generation(2),
        what: SessionHappening::Restored,
    };
    store.record_session(&account(), event).await.unwrap();
    let Change::SessionEvent(entry) = changes.recv().await.unwrap() else {
        panic!("no event of a session");
    };
    let history = backend
        .open()
        .await
        .session_history(SessionHistoryFilter::default(), None, 10)
        .await
        .unwrap();
    assert_eq!(vec![*entry], history);
}
