//! Validate Customer, and the check of mobile number and e-mail.

use axum::extract::State;
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::rules::Messages;
use crate::faults::FaultName;
use crate::http::Visit;
use crate::ledger::Event;
use crate::world::Shared;

/// Keeps the customer. The second time the same person comes, the portal says so.
pub(crate) async fn validate(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Json<Value> {
    world.pause(900).await;
    let form = &visit.form;
    let mut messages = Messages::default();
    messages.person(form, world.today());
    messages.unless(
        form.get("IsForm60Done") == "1" || form.has("txtPanNumber"),
        "Please fill form60 information",
    );
    if !messages.0.is_empty() {
        return Json(json!({"isSuccess": false, "ErrorMsg": messages.0.join("|")}));
    }
    let forced = world
        .take(FaultName::CustomerExists, &visit.moment())
        .is_some();
    let names = [
        "txtFirstName",
        "txtLastName",
        "DPDateOfBirth",
        "txtMobileNumber",
    ];
    let key = names.map(|name| form.get(name).to_uppercase()).join("/");
    let (known, client_id) = {
        let mut inner = world.lock();
        let next = (5_400_100 + inner.clients.len()).to_string();
        let known = inner.clients.contains_key(&key);
        (known, inner.clients.entry(key).or_insert(next).clone())
    };
    let existed = known || forced;
    visit.log(&world, Event::Customer { existed });
    Json(json!({"isSuccess": true, "exists": existed, "ClientId": client_id}))
}

/// The portal asks on leaving the field; the practice portal has nothing against anyone.
pub(crate) async fn contact() -> Json<Value> {
    Json(json!({"isSuccess": true}))
}
