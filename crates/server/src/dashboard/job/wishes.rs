//! What a person can do with a job now. The domain is asked: what it would refuse is not offered.

use formhand_domain::{Job, JobEvent, JobState, Writer};
use formhand_portal::Flow;
use jiff::Timestamp;
use maud::{Markup, html};

use super::super::{confirm::confirmed, visitor::Visitor};
use crate::http::JobView;

/// The forms.
pub(super) fn sheet(
    job: &Job,
    view: &JobView,
    flow: Option<&Flow>,
    visitor: &Visitor,
    now: Timestamp,
) -> Markup {
    let is_searchable = flow.is_some_and(|flow| flow.verify.is_some());
    let takes = |event| takes(job, visitor, event, now);
    let cancel = JobEvent::Cancel {
        reason: "asked".to_owned(),
    };
    let form = |wish: &str, content: Markup| form(view, wish, visitor, &content);
    let is_unknown = matches!(job.state, JobState::NeedsReview { .. });
    let offers: Vec<Markup> = [
        (takes(JobEvent::Retry), "retry", plain("Try again", "first")),
        (takes(JobEvent::Hold), "hold", plain("Hold", "")),
        (
            takes(JobEvent::Unhold),
            "release",
            plain("Let go on", "first"),
        ),
        (
            is_searchable && takes(JobEvent::Verify),
            "verify",
            plain("Search the portal for it", "first"),
        ),
        (takes(cancel), "cancel", with_reason()),
    ]
    .into_iter()
    .filter(|(is_possible, ..)| *is_possible)
    .map(|(_, wish, content)| form(wish, content))
    .collect();
    html! {
        section.sheet aria-labelledby="wishes-title" {
            h2 #wishes-title { "What can be done now" }
            @if is_unknown { (decide(view, &numbers(flow), visitor)) }
            @if offers.is_empty() && !is_unknown {
                p.quiet { "Nothing: " (if view.is_settled() { "it has ended." } else { "it is being worked on." }) }
            }
            div.wishes { @for offer in offers { (offer) } }
        }
    }
}

/// The two answers to the question whether it was filed. The proof is on the same page.
fn decide(view: &JobView, numbers: &[&str], visitor: &Visitor) -> Markup {
    html! {
        p {
            "The form may have been filed; its answer was not seen. Look it up at the portal, then say what you found. \
             It is not tried again before."
        }
        form.decision method="post" action={ "/jobs/" (view.id) "/filed" } {
            (hidden(visitor))
            fieldset {
                legend { "It was filed" }
                p.quiet.small { "At least one of the portal's numbers." }
                div.ask {
                    @for number in numbers {
                        @let id = format!("receipt.{number}");
                        div {
                            label for=(id) { "The portal's " (number) }
                            input id=(id) type="text" name=(id) maxlength="200" autocomplete="off";
                        }
                    }
                    (confirmed("It was filed", &html! { p { "It is never tried again then, and its business key stays taken." } }, "It was filed"))
                }
            }
        }
        form.decision method="post" action={ "/jobs/" (view.id) "/not-filed" } {
            (hidden(visitor))
            input type="hidden" name="fencingToken" value=(view.fencing_token.0);
            fieldset {
                legend { "It was not filed" }
                div.ask {
                    div {
                        label for="not-filed-reason" { "How that is known" }
                        input #not-filed-reason type="text" name="reason" required maxlength="500" autocomplete="off";
                    }
                    (confirmed("It was not filed", &html! { p { "It can be tried again then. If it was filed all the same, it is filed twice." } }, "It was not filed"))
                }
            }
        }
    }
}

/// What the portal gives for a filed form, by the flow's definition.
fn numbers(flow: Option<&Flow>) -> Vec<&str> {
    let names = flow.map(Flow::receipt_names).unwrap_or_default();
    if names.is_empty() {
        return vec!["number"];
    }
    names.into_iter().collect()
}

fn form(view: &JobView, wish: &str, visitor: &Visitor, content: &Markup) -> Markup {
    html! {
        form method="post" action={ "/jobs/" (view.id) "/" (wish) } data-key=(wish) {
            (hidden(visitor))
            (content)
        }
    }
}

fn plain(words: &str, class: &str) -> Markup {
    html! { button class=(class) type="submit" { (words) } }
}

fn with_reason() -> Markup {
    html! {
        (confirmed("Cancel", &html! {
            p { "It is not filed. It can be tried again later, by a person." }
            label for="cancel-reason" { "Reason" }
            input #cancel-reason type="text" name="reason" required maxlength="500" autocomplete="off";
        }, "Cancel the job"))
    }
}

/// What shows that a form is this server's own.
pub(in super::super) fn hidden(visitor: &Visitor) -> Markup {
    html! {
        @if let Some(csrf) = visitor.csrf() {
            input type="hidden" name="csrf" value=(csrf);
        }
    }
}

fn takes(job: &Job, visitor: &Visitor, event: JobEvent, now: Timestamp) -> bool {
    let writer = Writer::Person {
        name: visitor.name().to_owned(),
    };
    job.clone().apply(&writer, event, now).is_ok()
}
