//! `POST /Motor/SaveMotorIMD`: the point of no return. Every request that is let through makes a
//! proposal of its own; the portal does not notice that it has the customer already.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::json;

use super::calculate::Premium;
use super::proposal::Proposal;
use crate::faults::FaultName;
use crate::http::{Form, SaveSeq, Visit};
use crate::ledger::{Event, Save};
use crate::world::{Shared, World};

pub(crate) async fn save(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Response {
    world.pause(900).await;
    match refusal(&world, &visit) {
        Some(text) => refuse(&world, &visit, text),
        None => commit(&world, &visit),
    }
}

fn refusal(world: &World, visit: &Visit) -> Option<String> {
    let form = &visit.form;
    if let Some(fault) = world.take(FaultName::SaveRefused, &visit.moment()) {
        let text = "Proposal cannot be saved. Vehicle is under referral with underwriter";
        return Some(fault.text.unwrap_or_else(|| text.to_owned()));
    }
    let declared = ["ChasisNumberVehicle", "EngineNumberVehicle"];
    if declared
        .iter()
        .any(|field| form.get(field).starts_with("REFUSE"))
    {
        return Some("Vehicle is declined by underwriter. Please contact branch".to_owned());
    }
    if !form.has("ChasisNumberVehicle") {
        return Some("Please Enter Chassis Number".to_owned());
    }
    if form.number("hdnNetPremium").unwrap_or_default() <= 0.0 {
        return Some(
            "Internal Error Occured in the system : Please contact Administrator".to_owned(),
        );
    }
    None
}

fn refuse(world: &World, visit: &Visit, text: String) -> Response {
    let body = json!({
        "isSuccess": false, "ProposalNo": "", "QuoteNo": "", "PolicyId": "",
        "ErrorMsg": text, "ControlId": "btnSave",
    });
    let save = Save {
        refusal: Some(text),
        ..entry(&visit.form)
    };
    answer(visit.log(world, Event::Save(save)), body)
}

fn commit(world: &World, visit: &Visit) -> Response {
    let premium = Premium::of(&visit.form).net();
    let proposal = {
        let mut inner = world.lock();
        let next = Proposal::new(inner.proposals.len(), world.today(), &visit.form, premium);
        inner.proposals.push(next.clone());
        next
    };
    let body = json!({
        "isSuccess": true,
        "ProposalNo": proposal.proposal_no,
        "QuoteNo": proposal.quote_no,
        "PolicyId": proposal.policy_id,
        "ErrorMsg": "", "ipaProposalNo": "", "cpaProposalNo": "", "bundleTxnId": "",
    });
    let save = Save {
        committed: true,
        proposal_no: Some(proposal.proposal_no),
        quote_no: Some(proposal.quote_no),
        ..entry(&visit.form)
    };
    answer(visit.log(world, Event::Save(save)), body)
}

fn entry(form: &Form) -> Save {
    Save {
        chassis: form.get("ChasisNumberVehicle").to_owned(),
        committed: false,
        proposal_no: None,
        quote_no: None,
        refusal: None,
        fields: form.all().clone(),
    }
}

fn answer(seq: u64, body: serde_json::Value) -> Response {
    let mut response = Json(body).into_response();
    response.extensions_mut().insert(SaveSeq(seq));
    response
}
