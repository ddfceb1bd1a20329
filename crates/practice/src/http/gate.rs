//! The gate: session check and network faults, around every page and call of the portal.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use super::answer::{SaveSeq, handled_failure, redirect, set_cookie};
use super::visit::Visit;
use crate::faults::{Fault, FaultName, Moment, Phase};
use crate::ledger::{EndReason, Event};
use crate::session::device_cookie;
use crate::wire::Cutter;
use crate::world::{Shared, World};

/// Two scans of a customer's documents fit.
const BODY_LIMIT_BYTES: usize = 16 * 1024 * 1024;
const LOGIN: &str = "/Login/IMDLogin";

/// What stands behind a gate.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Behind {
    /// Pages, which the cookie opens.
    Pages,
    /// What the scripts of pages call, which may need more than the cookie.
    Calls,
}

/// One gate of the portal.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) world: Shared,
    pub(crate) behind: Behind,
}

enum Outcome {
    Answer(Response),
    Cut { partial_answer: bool },
}

/// Runs the request in a task of its own: a portal does not stop working on a save because the
/// browser that asked for it has gone.
pub(crate) async fn gate(
    State(Gate { world, behind }): State<Gate>,
    ConnectInfo(cutter): ConnectInfo<Cutter>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let visit = Visit::read(&world, &parts, &body);
    let request = Request::from_parts(parts, Body::from(body));
    let keep_alive = world.options.keep_alive;
    match tokio::spawn(pass(world, behind, visit, request, next)).await {
        Ok(Outcome::Answer(response)) if keep_alive => response,
        Ok(Outcome::Answer(response)) => closing(response),
        Ok(Outcome::Cut {
            partial_answer: true,
        }) => partial(cutter),
        Ok(Outcome::Cut {
            partial_answer: false,
        }) => {
            cutter.cut();
            std::future::pending().await
        }
        Err(error) => {
            tracing::error!(%error, "a practice page broke");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn closing(mut response: Response) -> Response {
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}

async fn pass(
    world: Shared,
    behind: Behind,
    mut visit: Visit,
    mut request: Request,
    next: Next,
) -> Outcome {
    let moment = visit.moment();
    visit.log(
        &world,
        Event::Request {
            method: visit.method.clone(),
            path: visit.path.clone(),
        },
    );
    if let Some(fault) = world.take(FaultName::ExpireAt, &moment) {
        let user = fault.only.and_then(|only| only.user);
        world.expire_sessions(user.as_deref(), EndReason::Fault);
    }
    if let Some(outcome) = before(&world, &visit, &moment).await {
        return outcome;
    }
    // Asked again: the session may have ended while the request was held or slow.
    visit.user = world.user_of(visit.session.as_deref(), visit.device.as_deref());
    let is_known = visit.user.is_some() && (behind == Behind::Pages || world.may_call(&visit));
    if !is_known && !is_public(&visit.path) {
        visit.log(
            &world,
            Event::Refused {
                path: visit.path.clone(),
            },
        );
        return Outcome::Answer(refuse(&visit));
    }
    request.extensions_mut().insert(visit.clone());
    let mut response = next.run(request).await;
    if visit.is_new_device {
        let cookie = device_cookie(visit.device.as_deref().unwrap_or_default());
        set_cookie(&mut response, &cookie);
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(outcome) = after(&world, &visit, &moment).await {
        return outcome;
    }
    let save = response.extensions().get::<SaveSeq>().map(|seq| seq.0);
    let status = response.status().as_u16();
    visit.log(
        &world,
        Event::Answered {
            path: visit.path.clone(),
            status,
            save,
        },
    );
    Outcome::Answer(response)
}

async fn before(world: &World, visit: &Visit, moment: &Moment) -> Option<Outcome> {
    if let Some(fault) = world.take(FaultName::Slow, moment) {
        sleep(&fault).await;
    }
    hold(world, visit, moment, Phase::Before).await;
    if world.take(FaultName::Unauthorized, moment).is_some() {
        return Some(Outcome::Answer(StatusCode::UNAUTHORIZED.into_response()));
    }
    if let Some(fault) = world.take(FaultName::HandledFailure, moment) {
        let text = fault.text.unwrap_or_default();
        return Some(Outcome::Answer(handled_failure(&text)));
    }
    if let Some(fault) = world.take(FaultName::ServerError, moment) {
        let status = StatusCode::from_u16(fault.status.unwrap_or(500));
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let page = format!("<h1>Server Error</h1><p>{}</p>", status.as_u16());
        return Some(Outcome::Answer(
            (status, axum::response::Html(page)).into_response(),
        ));
    }
    let fault = world.take(FaultName::CutBefore, moment)?;
    Some(cut(world, visit, &fault))
}

async fn after(world: &World, visit: &Visit, moment: &Moment) -> Option<Outcome> {
    if let Some(fault) = world.take(FaultName::SlowSuccess, moment) {
        sleep(&fault).await;
    }
    hold(world, visit, moment, Phase::After).await;
    let fault = world.take(FaultName::CutAfter, moment)?;
    Some(cut(world, visit, &fault))
}

async fn hold(world: &World, visit: &Visit, moment: &Moment, phase: Phase) {
    let fired = world.lock().faults.take_in(FaultName::Hold, moment, phase);
    if fired.is_some() {
        let held = world.ledger.hold();
        visit.log(
            world,
            Event::Held {
                path: visit.path.clone(),
            },
        );
        held.wait().await;
    }
}

fn cut(world: &World, visit: &Visit, fault: &Fault) -> Outcome {
    visit.log(
        world,
        Event::Cut {
            path: visit.path.clone(),
        },
    );
    Outcome::Cut {
        partial_answer: fault.partial_answer,
    }
}

async fn sleep(fault: &Fault) {
    tokio::time::sleep(Duration::from_millis(fault.delay_ms.unwrap_or_default())).await;
}

/// Without these a visitor could never log in.
fn is_public(path: &str) -> bool {
    path == "/" || path.starts_with("/Login/") || path.starts_with("/DefaultCaptcha/")
}

/// Pages send the visitor to the login, calls get 401 and the page's script does the same.
fn refuse(visit: &Visit) -> Response {
    if visit.ajax {
        StatusCode::UNAUTHORIZED.into_response()
    } else {
        redirect(LOGIN)
    }
}

/// Headers and a few bytes leave, then the connection is reset.
fn partial(cutter: Cutter) -> Response {
    let stream = futures_util::stream::unfold(0, move |step| {
        let cutter = cutter.clone();
        async move {
            if step > 0 {
                // The bytes before must have reached the network first.
                tokio::time::sleep(Duration::from_millis(50)).await;
                cutter.cut();
                std::future::pending::<()>().await;
            }
            Some((
                Ok::<_, std::io::Error>(Bytes::from_static(b"{\"isSu")),
                step + 1,
            ))
        }
    });
    let length = [(header::CONTENT_LENGTH, HeaderValue::from_static("4096"))];
    (length, Body::from_stream(stream)).into_response()
}
