//! `GET /Motor/GenerateMotorSchedule`: the schedule of a saved proposal as a PDF, by its number.

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::proposal::Proposal;
use crate::faults::{FaultName, Moment};
use crate::http::Visit;
use crate::pdf::pdf;
use crate::world::{Shared, World};

const PDF: &str = "application/pdf";

pub(crate) async fn show(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Response {
    world.pause(1200).await;
    let number = visit.query.get("ProposalNo");
    let found = {
        let inner = world.lock();
        inner
            .proposals
            .iter()
            .find(|p| p.proposal_no == number)
            .cloned()
    };
    let Some(proposal) = found else {
        return (StatusCode::NOT_FOUND, Html("<p>No such proposal.</p>")).into_response();
    };
    let moment = Moment {
        chassis: Some(proposal.chassis.clone()),
        ..visit.moment()
    };
    let draft = visit.query.get("Draft") == "true";
    answer(&world, &moment, pdf(&lines(&proposal, draft)), number)
}

fn lines(proposal: &Proposal, draft: bool) -> Vec<String> {
    let title = if draft {
        "DRAFT - Schedule"
    } else {
        "Schedule"
    };
    vec![
        format!("{title} (practice portal, not an insurance)"),
        format!("Proposal {}", proposal.proposal_no),
        format!("Quote {}", proposal.quote_no),
        format!("Proposer {}", proposal.customer),
        format!("Chassis {}", proposal.chassis),
        format!("Premium {}", proposal.premium),
    ]
}

fn answer(world: &World, moment: &Moment, file: Vec<u8>, number: &str) -> Response {
    let named = world.take(FaultName::DocumentNamed, moment);
    let name = named.and_then(|fault| fault.text);
    let name = name.unwrap_or_else(|| format!("MotorSchedule_{number}.pdf"));
    if world.take(FaultName::DocumentIsPage, moment).is_some() {
        let page = "<!DOCTYPE html><p>Internal Error Occured in the system</p>";
        return attachment(&name, Body::from(page), page.len());
    }
    if world.take(FaultName::DocumentCut, moment).is_some() {
        return unfinished(&name, true);
    }
    if world.take(FaultName::DocumentStalls, moment).is_some() {
        return unfinished(&name, false);
    }
    let length = file.len();
    attachment(&name, Body::from(file), length)
}

fn attachment(name: &str, body: Body, length: usize) -> Response {
    let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
    let headers = [
        (header::CONTENT_TYPE, PDF.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{quoted}\""),
        ),
        (header::CONTENT_LENGTH, length.to_string()),
    ];
    (headers, body).into_response()
}

/// The first half of a document; then the connection ends, or nothing comes any more.
fn unfinished(name: &str, cut: bool) -> Response {
    const HALF: usize = 4096;
    let half = futures_util::stream::unfold(0, move |step| async move {
        match step {
            // Enough that a browser takes it for a document that comes.
            0 => Some((Ok(Bytes::from_static(&[b'%'; HALF])), 1)),
            _ if cut => {
                // What has come so far is sent while the rest is waited for.
                tokio::task::yield_now().await;
                Some((Err(std::io::Error::other("cut on purpose")), 2))
            }
            _ => std::future::pending().await,
        }
    });
    attachment(name, Body::from_stream(half), 2 * HALF)
}
