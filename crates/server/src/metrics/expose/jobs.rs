//! The jobs of the store.

use formhand_domain::Status;
use jiff::Timestamp;
use prometheus_client::registry::Registry;

use super::put::{age, count, figure, plain, seconds};
use crate::metrics::{labels::with, reading::Kept};
use formhand_store::QuestionKind;

with! {
    /// Where a job stands.
    ByStatus { .. status: &'static str }
}
with! {
    /// What is asked.
    ByKind { .. kind: &'static str }
}

pub(super) fn put(kept: Option<&Kept>, now: Timestamp, registry: &mut Registry) {
    let stats = kept.map(|kept| &kept.stats);
    let of = |status: Status| stats.map(|stats| stats.by_status.get(&status).copied().unwrap_or(0));
    let by_status = Status::ALL.iter().filter_map(|status| {
        let labels = ByStatus {
            status: status.as_str(),
        };
        Some((labels, figure(of(*status)?)))
    });
    plain("formhand_jobs", "Jobs, by status").gauges(registry, by_status);
    plain(
        "formhand_jobs_waiting_for_retry",
        "Jobs with status failed_login_form that are tried again",
    )
    .gauge(registry, stats.map(|stats| figure(stats.waiting_for_retry)));
    plain(
        "formhand_unknown_outcomes_open",
        "Jobs of which it is unknown whether the form was filed",
    )
    .gauge(registry, of(Status::NeedsReview).map(figure));
    seconds(
        "formhand_oldest_due_job_age",
        "How long the job has been due that has been due for longest; zero if none is",
    )
    .gauge(
        registry,
        kept.map(|kept| kept.due_at.map_or(0.0, |due_at| age(due_at, now))),
    );
    questions(kept, now, registry);
}

fn questions(kept: Option<&Kept>, now: Timestamp, registry: &mut Registry) {
    let asked = |kind: QuestionKind| {
        kept.map(|kept| kept.questions.iter().filter(move |(of, _)| *of == kind))
    };
    let kinds = [
        ("captcha", QuestionKind::Captcha),
        ("one_time_code", QuestionKind::OneTimeCode),
    ];
    let open = kinds
        .iter()
        .filter_map(|(name, kind)| Some((ByKind { kind: name }, count(asked(*kind)?.count()))));
    plain(
        "formhand_questions_open",
        "Questions that wait for a person, by kind",
    )
    .gauges(registry, open);
    seconds(
        "formhand_oldest_question_age",
        "How long the oldest open question has waited; zero if there is none",
    )
    .gauge(
        registry,
        kept.map(|kept| {
            let asked_at = kept.questions.iter().map(|(_, asked_at)| *asked_at).min();
            asked_at.map_or(0.0, |asked_at| age(asked_at, now))
        }),
    );
}
