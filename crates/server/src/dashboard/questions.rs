//! `GET /questions`: what waits for a person.

use axum::extract::State;
use formhand_domain::Status;
use formhand_store::{JobFilter, Question, QuestionKind};
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    act,
    frame::{Frame, Part},
    job::hidden,
    jobs,
    problem::Page,
    time,
    visitor::Visitor,
};
use crate::http::{ApiState, Query};

/// More decisions than a person makes at a sitting.
const MOST: u32 = 50;

/// The questions of portals, and the jobs of unknown outcome.
pub(super) async fn list(State(state): State<ApiState>, visitor: Visitor, query: Query) -> Page {
    let query = query.only(&["done"])?;
    let now = state.clock.now();
    let questions = state.store.open_questions(now).await?;
    let unknown = JobFilter {
        statuses: vec![Status::NeedsReview],
        ..JobFilter::default()
    };
    let unknown = state.store.jobs(unknown, None, MOST).await?.jobs;
    let frame = Frame {
        title: "Questions",
        part: Part::Questions,
        visitor: &visitor,
        done: query.one("done")?.and_then(act::said),
    };
    let content = html! {
        section.sheet #questions data-live aria-labelledby="asked-title" {
            h2 #asked-title { "Asked by portals" }
            @if questions.is_empty() { p.quiet { "Nothing." } }
            @for question in &questions { (asked(question, &visitor, now)) }
        }
        section.sheet #unknown data-live aria-labelledby="unknown-title" {
            h2 #unknown-title { "Were they filed?" }
            p.quiet { "Nobody knows yet. Each job's page shows its proof and takes your decision." }
            (jobs::table(&unknown, "Jobs of unknown outcome, newest first", now))
        }
    };
    Ok(frame.around(&content))
}

fn asked(question: &Question, visitor: &Visitor, now: Timestamp) -> Markup {
    let what = match question.kind {
        QuestionKind::Captcha => "The letters of the picture",
        QuestionKind::OneTimeCode => "The code that the portal has sent",
    };
    let field = format!("answer-{}", question.id);
    html! {
        form method="post" action={ "/questions/" (question.id) "/answer" } data-key=(question.id) {
            (hidden(visitor))
            fieldset {
                legend { (question.account) }
                p.quiet.small { "Asked " (time::age(question.asked_at, now)) ", of use " (time::age(question.expires_at, now)) }
                div.ask {
                    @if !question.picture.is_empty() {
                        img.captcha src={ "/api/questions/" (question.id) "/picture" } alt="A captcha";
                    }
                    @if visitor.acts() {
                        div {
                            label for=(field) { (what) }
                            input id=(field) type="text" name="answer" required maxlength="100" autocomplete="one-time-code" autocapitalize="none" spellcheck="false";
                        }
                        button.first type="submit" { "Answer" }
                    }
                }
            }
        }
    }
}
