//! `/Payment/Payments`: pending quotes, and the payment link that is all the robot may ask for.

use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::proposal::unknown_link;
use crate::faults::Step;
use crate::html::{fill, page};
use crate::http::{Visit, redirect};
use crate::ledger::{Event, Payment};
use crate::motor::Proposal;
use crate::world::{Shared, World};

const PAGE: &str = include_str!("../../assets/pages/payments.html");
const ROW: &str = include_str!("../../assets/pages/payments-row.html");

pub(crate) async fn show(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Response {
    match world.open_token(
        visit.query.get("pageName"),
        &["pending-quotes", "cd-replenishment"],
    ) {
        Some("pending-quotes") => pending(&world, &visit).into_response(),
        Some(_) => super::empty::show(State(world), Extension(visit))
            .await
            .into_response(),
        None => unknown_link(),
    }
}

/// `#BtnmakeLive`: leads to the pending quotes.
pub(crate) async fn make_live(State(world): State<Shared>) -> Response {
    redirect(&format!(
        "/Payment/Payments?pageName={}",
        world.token("pending-quotes")
    ))
}

/// The newest is not the first: whoever ticks the first row ticks another customer's.
fn pending(world: &World, visit: &Visit) -> Html<String> {
    let rows: String = {
        let inner = world.lock();
        inner
            .proposals
            .iter()
            .filter(|p| !p.link_sent)
            .map(row)
            .collect()
    };
    page(
        world,
        visit,
        Step::Payments,
        &fill(PAGE, &[("rows", &rows)]),
    )
}

fn row(proposal: &Proposal) -> String {
    fill(
        ROW,
        &[
            ("proposal", &proposal.proposal_no),
            ("quote", &proposal.quote_no),
            ("customer", &proposal.customer),
            ("premium", &proposal.premium.to_string()),
        ],
    )
}

pub(crate) async fn send_link(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Json<Value> {
    world.pause(700).await;
    let wanted: Vec<String> = visit
        .form
        .get("proposals")
        .split(',')
        .map(str::to_owned)
        .collect();
    let mode = visit.form.get("mode").to_owned();
    let mut sent = 0;
    for proposal in &mut world.lock().proposals {
        if wanted.contains(&proposal.proposal_no) {
            proposal.link_sent = true;
            sent += 1;
        }
    }
    visit.log(
        &world,
        Event::Payment(Payment {
            proposal_nos: wanted,
            mode,
        }),
    );
    Json(json!({"isSuccess": sent > 0, "message": "Payment link has been sent successfully."}))
}

/// The links that were sent.
pub(crate) async fn links(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Html<String> {
    let items: String = {
        let inner = world.lock();
        let item = |p: &Proposal| {
            fill(
                "<li>{{no}} — {{who}}</li>",
                &[("no", &p.proposal_no), ("who", &p.customer)],
            )
        };
        inner
            .proposals
            .iter()
            .filter(|p| p.link_sent)
            .map(item)
            .collect()
    };
    let content = format!(
        "<h2 class=\"page-title\">Payment Links</h2><ul id=\"listPaymentLinks\">{items}</ul>"
    );
    page(&world, &visit, Step::Payments, &content)
}
