//! The audit keeps what else there is to say of a change.

use formhand_domain::{Acts, HandBack, JobEvent};

use crate::{
    backend::{Backend, on_every_backend},
    given::{self, at, person, worker},
};

on_every_backend! {
    a_take_over_is_in_the_audit_with_what_was_done_in_it,
}

async fn a_take_over_is_in_the_audit_with_what_was_done_in_it(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::claimed(&*store, "one").await;
    let token = job.fence;
    let acts = Acts {
        count: 3,
        refused_count: 1,
    };
    let back = JobEvent::HandBack {
        token,
        acts,
        how: HandBack::GoOn,
    };
    for (by, event) in [
        (worker(&job), JobEvent::EnterForm),
        (person(), JobEvent::TakeOver { token }),
        (person(), back),
    ] {
        store.apply(job.id, by, event, at(2)).await.unwrap();
    }
    let history = store.history(job.id, 10).await.unwrap();
    let newest = history.last().unwrap();
    assert_eq!(newest.event, "hand_back");
    assert_eq!(
        newest.note.as_deref(),
        Some("3 acts, 1 refused; the steps went on")
    );
    assert!(
        history[..history.len() - 1]
            .iter()
            .all(|entry| entry.note.is_none())
    );
    // A page of all jobs' entries says the same.
    let all = store.audit_after(0, 100).await.unwrap();
    assert_eq!(all.last().unwrap().note, newest.note);
}
