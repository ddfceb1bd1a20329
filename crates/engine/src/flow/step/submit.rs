//! `submit`: files the form, at most once.

use std::time::Duration;

use formhand_browser::{ActionKind, Deadline, Frame, Read};
use formhand_domain::{Failure, FailureCode, JobEvent, Receipt};
use formhand_portal::{Evidence, ReceiptField, ReceiptSource, Submit, Success};
use tokio::sync::watch;

use super::{
    super::{Run, Stop, Trouble, translate, trouble},
    goto::action,
    readback,
};
use crate::submit::{Answer, GateEvent, SubmitDesk, matched};

pub(crate) async fn submit(
    run: &mut Run,
    frame: &Frame,
    submit: &Submit,
    deadline: Deadline,
) -> Result<(), Stop> {
    let Some(desk) = run.desk.clone() else {
        let message = "a form can be submitted only by a job";
        return Err(Stop::failed(FailureCode::DefinitionError, message));
    };
    readback::readback(run, frame, &submit.readback).await?;
    let mut events = desk.gate.events();
    let seen = events.borrow_and_update().clone();
    if let GateEvent::Unexpected(reason) = seen {
        return Err(unexpected(&reason));
    }
    desk.gate.arming();
    desk.writer
        .write(JobEvent::Arm {
            margin: desk.margin,
            session: desk.session,
        })
        .await?;
    desk.gate.arm(submit, &submit.pattern_id());
    click(run, frame, submit, &desk, &mut events, deadline).await?;
    let receipt = answer(run, frame, submit, &desk, &mut events).await?;
    run.filed = true;
    if let Some(trace) = &run.trace {
        trace.received(&receipt);
    }
    for (name, value) in receipt.0 {
        run.scope.capture(&name, value);
    }
    // What was optional before the filing is of no account any more.
    run.shrugged.clear();
    Ok(())
}

/// Clicks, and returns once the request stands beyond the gate. Otherwise the gate is closed for good; the job is
/// disarmed when its clone is.
async fn click(
    run: &Run,
    frame: &Frame,
    submit: &Submit,
    desk: &SubmitDesk,
    events: &mut watch::Receiver<GateEvent>,
    deadline: Deadline,
) -> Result<(), Stop> {
    let clicks = [action(&submit.click, ActionKind::Click)];
    let sent = async {
        // The gate's word counts, not the click's: a page may send the request and take the button away at once.
        let left = events.wait_for(|event| !matches!(event, GateEvent::Quiet));
        let left = async { left.await.is_ok() };
        tokio::time::timeout(submit.send_timeout, left)
            .await
            .unwrap_or(false)
    };
    let act = frame.act(&clicks, deadline);
    tokio::pin!(act, sent);
    let why = tokio::select! {
        biased;
        sent = &mut sent => if sent { None } else { Some(nothing_sent(submit.send_timeout)) },
        acted = &mut act => match acted {
            Ok(_) => {
                tokio::select! {
                    biased;
                    sent = &mut sent => (!sent).then(|| nothing_sent(submit.send_timeout)),
                    stop = refused_by_page(run, frame) => Some(stop),
                }
            }
            Err(error) => Some(error.into()),
        },
    };
    match why {
        // Unless the gate closes on it, the request was faster than the reason to give up, and the submit goes on.
        Some(stop) if desk.gate.close() => Err(stop),
        _ => Ok(()),
    }
}

/// Says so when the page shows a message instead of sending the form.
async fn refused_by_page(run: &Run, frame: &Frame) -> Stop {
    let signals: Vec<_> = trouble::message_signals(&run.portal).collect();
    loop {
        if signals.is_empty()
            || frame
                .first_of(&signals, Deadline::after(LONG))
                .await
                .is_err()
        {
            std::future::pending::<()>().await;
        }
        match trouble::messages(&run.portal, frame).await {
            Some(Trouble::Said { class, failure }) => return trouble::stop(class, failure),
            Some(Trouble::Unknown(failure)) => return failure.into(),
            Some(Trouble::LoggedOut) => return Stop::SessionGone,
            None => std::future::pending::<()>().await,
        }
    }
}

/// Longer than any submit; the caller's own time ends the wait.
const LONG: Duration = Duration::from_hours(1);

fn nothing_sent(waited: Duration) -> Stop {
    let message = format!("the click on submit sent no commit request within {waited:?}");
    Stop::failed(FailureCode::NothingSent, message)
}

fn unexpected(reason: &str) -> Stop {
    let message = format!("the page tried to send the form by itself, and was stopped: {reason}");
    Stop::failed(FailureCode::UnexpectedSubmit, message)
}

/// Waits for the portal's answer and returns the receipt, which is recorded by then.
async fn answer(
    run: &Run,
    frame: &Frame,
    submit: &Submit,
    desk: &SubmitDesk,
    events: &mut watch::Receiver<GateEvent>,
) -> Result<Receipt, Stop> {
    let until = Deadline::after(submit.answer_timeout);
    loop {
        let event = events.borrow_and_update().clone();
        match event {
            GateEvent::Answered(Answer::Filed(receipt)) => return Ok(receipt),
            GateEvent::Answered(Answer::Rejected(_)) => return Err(Stop::Rejected),
            GateEvent::Answered(Answer::Undecided) => {
                return from_page(run, frame, submit, desk, until).await;
            }
            GateEvent::Stopped(reason) => {
                return Err(Stop::failed(FailureCode::LeaseTooShort, reason));
            }
            GateEvent::Lost(why) => {
                return Err(unknown(format!(
                    "the form was sent and its answer was lost: {why}"
                )));
            }
            GateEvent::Unrecorded(why) => {
                return Err(unknown(format!(
                    "the portal answered, and that was not recorded: {why}"
                )));
            }
            GateEvent::Quiet | GateEvent::Crossed | GateEvent::Unexpected(_) => {}
        }
        match tokio::time::timeout(until.remaining(), events.changed()).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Err(unknown("the browser was lost before the answer".into())),
            Err(_) => {
                let waited = submit.answer_timeout;
                return Err(unknown(format!(
                    "the form was sent and no answer came within {waited:?}"
                )));
            }
        }
    }
}

fn unknown(message: String) -> Stop {
    Stop::failed(FailureCode::OutcomeUnknown, message)
}

/// The response itself decided nothing: what the page shows may.
async fn from_page(
    run: &Run,
    frame: &Frame,
    submit: &Submit,
    desk: &SubmitDesk,
    until: Deadline,
) -> Result<Receipt, Stop> {
    let base = &run.portal.base;
    let page_signs = |evidence: &Evidence| match evidence {
        Evidence::Page(condition) => Some(translate::condition(base, condition)),
        Evidence::Response { .. } => None,
    };
    let successes: Vec<(&Success, _)> = submit
        .succeeded
        .iter()
        .filter_map(|success| Some((success, page_signs(&success.when)?)))
        .collect();
    let rejections: Vec<_> = submit
        .rejected
        .iter()
        .filter_map(|one| Some((one, page_signs(&one.when)?)))
        .collect();
    let signs: Vec<_> = successes
        .iter()
        .map(|(_, sign)| sign.clone())
        .chain(rejections.iter().map(|(_, sign)| sign.clone()))
        .collect();
    if signs.is_empty() {
        return Err(unknown(
            "the portal's answer is none that the definition knows".into(),
        ));
    }
    let hit = frame.first_of(&signs, until).await.map_err(|error| {
        unknown(format!(
            "the form was sent, and the page does not say what became of it: {error}"
        ))
    })?;
    if let Some((success, _)) = successes.get(hit.index) {
        let receipt = read_receipt(frame, &success.receipt).await;
        let receipt = receipt
            .map_err(|name| unknown(format!("the page shows success but no {name} as declared")))?;
        desk.writer
            .write(JobEvent::Receive {
                receipt: receipt.clone(),
            })
            .await?;
        return Ok(receipt);
    }
    let rejection = rejections
        .get(hit.index - successes.len())
        .map(|(rejection, _)| *rejection);
    let words = match rejection.and_then(|rejection| rejection.message.as_ref()) {
        Some(source) => read_source(frame, source).await.unwrap_or_default(),
        None => hit.text.unwrap_or_default(),
    };
    let failure = Failure::new(
        FailureCode::Rejected,
        format!("the portal refused the form: {words}"),
    );
    desk.writer.write(JobEvent::Reject { failure }).await?;
    Err(Stop::Rejected)
}

/// Reads a receipt off a page, or says which part of it is not there as declared.
pub(in crate::flow) async fn read_receipt<'a>(
    frame: &Frame,
    fields: &'a [ReceiptField],
) -> Result<Receipt, &'a str> {
    let mut receipt = Receipt::default();
    for field in fields {
        let text = read_source(frame, &field.from).await.unwrap_or_default();
        let kept = matched(field, &text).ok_or(field.name.as_str())?;
        receipt.0.insert(field.name.clone(), kept);
    }
    Ok(receipt)
}

async fn read_source(frame: &Frame, source: &ReceiptSource) -> Option<String> {
    let ReceiptSource::Page { at, read } = source else {
        return None;
    };
    let read = Read {
        target: translate::target(at),
        what: translate::read_what(read),
    };
    frame.read(&[read]).await.ok()?.into_iter().flatten().next()
}
