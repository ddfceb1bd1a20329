//! What a page says is wrong.

use std::time::Duration;

use formhand_browser::{Condition, Deadline, Frame, Read, ReadWhat};
use formhand_domain::{Failure, FailureCode};
use formhand_portal::{MessageClass, Portal};

use super::{Stop, translate};

/// Something that the portal shows and that ends what is being done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// One is no longer logged in.
    LoggedOut,
    /// The portal said so.
    Said {
        class: MessageClass,
        failure: Failure,
    },
    /// The portal said something that the definition does not know.
    Unknown(Failure),
}

/// Long enough for a live page to answer, short enough not to be a wait.
const LOOK: Duration = Duration::from_millis(1500);

/// Looks at the page as it is now, without waiting for anything.
pub(crate) async fn look(portal: &Portal, frame: &Frame) -> Option<Trouble> {
    if logged_out(portal, frame).await {
        return Some(Trouble::LoggedOut);
    }
    messages(portal, frame).await
}

async fn logged_out(portal: &Portal, frame: &Frame) -> bool {
    let signals = translate::conditions(&portal.base, &portal.session.logged_out);
    holds_now(frame, &signals).await
}

/// Whether one of these holds at this moment.
pub(crate) async fn holds_now(frame: &Frame, conditions: &[Condition]) -> bool {
    if conditions.is_empty() {
        return false;
    }
    let reads = frame.holds(conditions, Deadline::after(LOOK)).await;
    matches!(reads, Ok(Some(_)))
}

/// What the portal's message elements say, judged by the definition's rules. A page that hangs says nothing.
pub(crate) async fn messages(portal: &Portal, frame: &Frame) -> Option<Trouble> {
    tokio::time::timeout(LOOK, said(portal, frame)).await.ok()?
}

async fn said(portal: &Portal, frame: &Frame) -> Option<Trouble> {
    for at in &portal.messages.at {
        let read = Read {
            target: translate::target(at),
            what: ReadWhat::AllText,
        };
        let Ok(found) = frame.read(&[read]).await else {
            continue;
        };
        let text = found.into_iter().flatten().next().unwrap_or_default();
        if let Some(trouble) = judge(portal, &text) {
            return Some(trouble);
        }
    }
    None
}

/// Judges words of the portal.
pub(crate) fn judge(portal: &Portal, words: &str) -> Option<Trouble> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return None;
    }
    let Some(rule) = portal
        .messages
        .rules
        .iter()
        .find(|rule| rule.matches.is_match(&words))
    else {
        let message =
            format!("the portal says something that the definition does not know: {words}");
        return Some(Trouble::Unknown(Failure::new(
            FailureCode::UnknownMessage,
            message,
        )));
    };
    let code = rule.class.failure_code()?;
    let mut failure = Failure::new(code, format!("the portal says: {words}"));
    failure.retryable = rule.retryable.unwrap_or(failure.retryable);
    failure.who_acts = rule.who_acts.unwrap_or(failure.who_acts);
    Some(Trouble::Said {
        class: rule.class,
        failure,
    })
}

/// A message element that shows something.
pub(crate) fn message_signals(portal: &Portal) -> impl Iterator<Item = Condition> + '_ {
    portal
        .messages
        .at
        .iter()
        .map(|at| Condition::AnyText(translate::target(at)))
}

/// What a message of this class does to the steps.
pub(crate) fn stop(class: MessageClass, failure: Failure) -> Stop {
    match class {
        MessageClass::SessionExpired => Stop::SessionGone,
        _ => failure.into(),
    }
}
