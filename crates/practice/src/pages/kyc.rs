//! `/Kyc/Start`: the document upload that opens in a new tab.

use axum::extract::State;
use axum::response::Html;
use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::faults::{FaultName, Step};
use crate::html::{bare, fill};
use crate::http::Visit;
use crate::ledger::Event;
use crate::world::Shared;

const PAGE: &str = include_str!("../../assets/pages/kyc.html");

pub(crate) async fn show(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Html<String> {
    let content = fill(PAGE, &[("proposal", visit.query.get("proposal"))]);
    bare(&world, &visit, Step::Kyc, &content)
}

/// Takes both files, whatever is in them, unless the fault says otherwise.
pub(crate) async fn upload(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Json<Value> {
    world.pause(1500).await;
    let fault = world.take(FaultName::KycRejected, &visit.moment());
    let proposal_no = visit.query.get("proposal").to_owned();
    let accepted = fault.is_none();
    if accepted {
        let mut inner = world.lock();
        inner
            .proposals
            .iter_mut()
            .filter(|p| p.proposal_no == proposal_no)
            .for_each(|p| p.kyc_done = true);
    }
    visit.log(
        &world,
        Event::Kyc {
            proposal_no,
            accepted,
        },
    );
    let text = fault.and_then(|fault| fault.text);
    let text =
        text.unwrap_or_else(|| "Document could not be read. Please upload a clear copy".to_owned());
    Json(json!({"accepted": accepted, "message": if accepted { "" } else { &text }}))
}
