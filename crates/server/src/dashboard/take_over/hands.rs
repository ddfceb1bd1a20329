//! What a person does in the page, and how it is handed back.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    super::{confirm::confirmed, job::hidden, time, visitor::Visitor},
    show::went_wrong,
};
use crate::http::{JobView, TakeOverView};

/// The keys that a page is used with, and what their buttons say.
const KEYS: [(&str, &str); 9] = [
    ("Tab", "Tab"),
    ("Shift+Tab", "Tab back"),
    ("Enter", "Enter"),
    ("Space", "Space"),
    ("Escape", "Escape"),
    ("Backspace", "Backspace"),
    ("Control+A", "Select all"),
    ("ArrowDown", "Arrow down"),
    ("ArrowUp", "Arrow up"),
];

/// The picture, and all that can be done.
pub(super) fn sheet(
    job: &JobView,
    held: &TakeOverView,
    visitor: &Visitor,
    now: Timestamp,
) -> Markup {
    let form = |wish: &str, content: Markup| {
        html! {
            form method="post" action={ "/jobs/" (job.id) "/take-over/" (wish) } data-hands-form data-key=(wish) {
                (hidden(visitor))
                (content)
            }
        }
    };
    html! {
        section.sheet aria-labelledby="hands-title" {
            h2 #hands-title { "You have the portal's page" }
            p {
                "It ends "
                @if let Some(at) = held.idle_ends_at { (time::age(at, now)) " if you do nothing more" }
                @if let Some(at) = held.ends_at { ", and " (time::age(at, now)) " whatever you do" }
                ". " (held.act_count) @if held.act_count == 1 { " act" } @else { " acts" } " so far."
            }
            @match (&held.failure, &held.step) {
                (Some(failure), step) => p.words { (went_wrong(step.as_deref(), failure)) },
                (None, Some(step)) => p.quiet { "Next step: " (step) },
                (None, None) => {}
            }
            @for words in &held.refused { p.trouble role="alert" { (words) "." } }
            (picture(job, visitor))
            div.wishes {
                (form("text", text()))
                (form("key", keys()))
                (form("scroll", html! {
                    button type="submit" name="down" value="400" { "Scroll down" }
                    button type="submit" name="down" value="-400" { "Scroll up" }
                }))
                (form("back", html! { button type="submit" { "Page back" } }))
                (form("click", point()))
            }
        }
        (hand_back(job, held, visitor))
    }
}

fn picture(job: &JobView, visitor: &Visitor) -> Markup {
    let sight = format!("/api/jobs/{}/sight", job.id);
    let click = format!("/jobs/{}/take-over/click", job.id);
    html! {
        p.quiet.small {
            "Click on the picture. With the keyboard: the arrow keys move the mark on it, Enter clicks there; or go from \
             field to field with the Tab button below. What fields hold is painted over, and what you type is written nowhere."
        }
        div.sight.hands {
            canvas hidden data-sight=(sight) data-hands=(click) tabindex="0" role="button" aria-label="The portal's page: click on it" {}
            div.mark hidden {}
        }
        noscript {
            form.natural method="post" action=(click) {
                (hidden(visitor))
                input type="image" name="at" src=(sight) alt="The portal's page: click on it";
            }
        }
    }
}

fn text() -> Markup {
    html! {
        div {
            label for="hands-text" { "Text to type" }
            input #hands-text type="text" name="text" required maxlength="2000" autocomplete="off" autocapitalize="none" spellcheck="false";
        }
        button.first type="submit" { "Type" }
    }
}

fn keys() -> Markup {
    html! {
        @for (key, words) in KEYS { button type="submit" name="key" value=(key) { (words) } }
    }
}

fn point() -> Markup {
    html! {
        div {
            label for="hands-x" { "From the left" }
            input #hands-x type="number" name="at.x" min="0" max="10000" required;
        }
        div {
            label for="hands-y" { "From the top" }
            input #hands-y type="number" name="at.y" min="0" max="10000" required;
        }
        button type="submit" { "Click there" }
    }
}

fn hand_back(job: &JobView, held: &TakeOverView, visitor: &Visitor) -> Markup {
    let form = |wish: &str, content: Markup| {
        html! {
            form method="post" action={ "/jobs/" (job.id) "/take-over/" (wish) } data-key=(wish) {
                (hidden(visitor))
                (content)
            }
        }
    };
    html! {
        section.sheet aria-labelledby="back-title" {
            h2 #back-title { "Hand it back" }
            div.wishes {
                @if held.failure.is_some() {
                    (form("try-again", html! { button.first type="submit" { "Try the step again" } }))
                } @else {
                    (form("go-on", html! { button.first type="submit" { "Let the steps go on" } }))
                }
                (form("give-up", confirmed("Give up", &html! {
                    p { "The attempt ends unspent, nothing is filed, and the job is held until somebody lets it go on or cancels it." }
                    label for="give-up-reason" { "Reason" }
                    input #give-up-reason type="text" name="reason" required maxlength="500" autocomplete="off";
                }, "Give up the attempt")))
            }
        }
    }
}
