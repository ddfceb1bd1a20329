//! `/Api/Master/…`: feeds of the drop-down lists.

use axum::extract::State;
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::{PINS, Pin, STATES};
use crate::faults::FaultName;
use crate::http::Visit;
use crate::world::Shared;

/// Longer lists than this are cut, as the portal does.
const SHOWN: usize = 10;

/// Suggestions for a pin code: whatever contains the typed text.
pub(crate) async fn pincodes(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Json<Vec<Value>> {
    world.pause(900).await;
    if world
        .take(FaultName::SuggestionsEmpty, &visit.moment())
        .is_some()
    {
        return Json(Vec::new());
    }
    let typed = visit.query.get("text").to_lowercase();
    let all = PINS.iter().map(suggestion);
    let fits = |item: &Value| {
        item["Text"]
            .as_str()
            .is_some_and(|t| t.to_lowercase().contains(&typed))
    };
    Json(all.filter(fits).take(SHOWN).collect())
}

fn suggestion(pin: &Pin) -> Value {
    let state = STATES
        .iter()
        .find(|(id, _)| *id == pin.state_id)
        .map_or("", |(_, name)| name);
    json!({
        "Text": format!("{} - {}, {}, {state}", pin.code, pin.area, pin.city),
        "Pincode": pin.code,
        "Area": pin.area,
        "City": pin.city,
        "District": pin.district,
        "StateId": pin.state_id.to_string(),
        "State": state,
    })
}

/// The districts of a state.
pub(crate) async fn districts(Extension(visit): Extension<Visit>) -> Json<Vec<Value>> {
    let state = visit.query.get("state");
    let mut names: Vec<&str> = Vec::new();
    for pin in PINS.iter().filter(|pin| pin.state_id.to_string() == state) {
        if !names.contains(&pin.district) {
            names.push(pin.district);
        }
    }
    Json(
        names
            .into_iter()
            .map(|name| json!({"Text": name, "Value": name}))
            .collect(),
    )
}

pub(crate) async fn salutations() -> Json<Value> {
    Json(json!([
        {"Text": "Mr.", "Value": "1"},
        {"Text": "Mrs.", "Value": "2"},
        {"Text": "Ms.", "Value": "3"},
        {"Text": "Dr.", "Value": "4"},
    ]))
}

/// The gender follows from the salutation where it can.
pub(crate) async fn genders(Extension(visit): Extension<Visit>) -> Json<Value> {
    let male = json!({"Text": "Male", "Value": "1"});
    let female = json!({"Text": "Female", "Value": "2"});
    let other = json!({"Text": "Other", "Value": "3"});
    Json(match visit.query.get("salutation") {
        "1" => json!([male]),
        "2" | "3" => json!([female]),
        _ => json!([male, female, other]),
    })
}
