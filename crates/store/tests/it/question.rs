//! Questions for a person.

use formhand_domain::QuestionId;
use formhand_store::{Question, QuestionKind};

use crate::{
    backend::{Backend, on_a_sealed_database, on_every_backend},
    given::{account, at},
};

on_every_backend! {
    a_question_is_open_until_it_is_answered,
    a_question_is_answered_once,
    a_question_that_is_too_old_is_not_open_and_takes_no_answer,
    an_unknown_question_takes_no_answer,
    kf34_each_account_has_its_own_picture,
    a_code_is_asked_for_without_a_picture_also_while_another_question_is_open,
}

on_a_sealed_database! {
    a_question_is_open_until_it_is_answered,
    kf34_each_account_has_its_own_picture,
}

fn id(text: &str) -> QuestionId {
    QuestionId::new(text).unwrap()
}

fn question(name: &str) -> Question {
    Question {
        id: id(name),
        kind: QuestionKind::Captcha,
        account: account(),
        picture: name.as_bytes().to_vec(),
        asked_at: at(0),
        expires_at: at(60),
        answer: None,
    }
}

async fn a_question_is_open_until_it_is_answered(backend: &dyn Backend) {
    let store = backend.open().await;
    store.ask(question("q1")).await.unwrap();
    let open = backend.open().await.open_questions(at(1)).await.unwrap();
    assert!(open == [question("q1")]);
    assert!(store.answer(&id("q1"), "7XK2", at(2)).await.unwrap());
    assert!(store.open_questions(at(3)).await.unwrap().is_empty());
    let answered = store.question(&id("q1")).await.unwrap().unwrap();
    assert_eq!(answered.answer.as_deref(), Some("7XK2"));
}

async fn a_question_is_answered_once(backend: &dyn Backend) {
    let store = backend.open().await;
    store.ask(question("q1")).await.unwrap();
    assert!(store.answer(&id("q1"), "first", at(1)).await.unwrap());
    assert!(!store.answer(&id("q1"), "second", at(2)).await.unwrap());
    let answered = store.question(&id("q1")).await.unwrap().unwrap();
    assert_eq!(answered.answer.as_deref(), Some("first"));
}

async fn a_question_that_is_too_old_is_not_open_and_takes_no_answer(backend: &dyn Backend) {
    let store = backend.open().await;
    store.ask(question("q1")).await.unwrap();
    assert!(store.open_questions(at(60)).await.unwrap().is_empty());
    assert!(!store.answer(&id("q1"), "late", at(60)).await.unwrap());
}

async fn an_unknown_question_takes_no_answer(backend: &dyn Backend) {
    let store = backend.open().await;
    assert!(!store.answer(&id("q9"), "x", at(0)).await.unwrap());
    assert!(store.question(&id("q9")).await.unwrap().is_none());
}

async fn kf34_each_account_has_its_own_picture(backend: &dyn Backend) {
    let store = backend.open().await;
    for name in ["q2", "q1"] {
        store.ask(question(name)).await.unwrap();
    }
    let open = store.open_questions(at(1)).await.unwrap();
    assert!(open == [question("q1"), question("q2")]);
}

async fn a_code_is_asked_for_without_a_picture_also_while_another_question_is_open(
    backend: &dyn Backend,
) {
    let store = backend.open().await;
    let code = |name: &str| Question {
        kind: QuestionKind::OneTimeCode,
        picture: Vec::new(),
        ..question(name)
    };
    for name in ["q1", "q2"] {
        store.ask(code(name)).await.unwrap();
    }
    let open = store.open_questions(at(1)).await.unwrap();
    assert!(open == [code("q1"), code("q2")]);
    assert!(store.answer(&id("q1"), "123456", at(2)).await.unwrap());
    let open = store.open_questions(at(3)).await.unwrap();
    assert!(open == [code("q2")]);
}
