//! Suggestions of the vehicle section, and the months of a year.

use axum::extract::State;
use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::faults::FaultName;
use crate::http::Visit;
use crate::master::{FINANCIERS, MODELS, Model, RTOS, Rto};
use crate::world::{Shared, World};

/// Longer lists than this are cut, as the portal does.
const SHOWN: usize = 15;

pub(crate) async fn makes(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Json<Vec<Value>> {
    let item = |model: &Model| {
        json!({
            "Text": model.text(), "Id": model.id.to_string(), "CC": model.cubic_capacity,
            "Segment": if model.name.contains("ACTIVA") || model.name.contains("JUPITER") { "SCOOTER" } else { "MOTOR CYCLE" },
            "Seating": "2", "Wheels": "2", "Fuel": "1", "Price": model.price.to_string(),
        })
    };
    answer(&world, &visit, MODELS.iter().map(item)).await
}

pub(crate) async fn rtos(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Json<Vec<Value>> {
    let item = |rto: &Rto| json!({"Text": rto.text(), "Id": rto.code, "StateId": rto.state_id.to_string()});
    answer(&world, &visit, RTOS.iter().map(item)).await
}

/// Zone and price once make and office are known.
pub(crate) async fn rto(Extension(visit): Extension<Visit>) -> Json<Value> {
    let office = Rto::by_code(visit.query.get("id"));
    let price = Model::by_id(visit.query.get("model")).map_or(0, |model| model.price);
    Json(json!({"Zone": office.map_or("", |rto| rto.zone), "ExShowroomPrice": price}))
}

pub(crate) async fn financiers(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Json<Vec<Value>> {
    let item = |name: &&str| json!({"Text": name, "Id": name});
    answer(&world, &visit, FINANCIERS.iter().map(item)).await
}

async fn answer(
    world: &World,
    visit: &Visit,
    all: impl Iterator<Item = Value>,
) -> Json<Vec<Value>> {
    world.pause(700).await;
    if world
        .take(FaultName::SuggestionsEmpty, &visit.moment())
        .is_some()
    {
        return Json(Vec::new());
    }
    let typed = visit.query.get("text").to_lowercase();
    let fits = |item: &Value| {
        item["Text"]
            .as_str()
            .is_some_and(|t| t.to_lowercase().contains(&typed))
    };
    Json(all.filter(fits).take(SHOWN).collect())
}

/// The months of a year that have begun.
pub(crate) async fn months(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Json<Vec<Value>> {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    world.pause(1000).await;
    let today = world.today();
    let this_year = visit.query.get("year") == today.year().to_string();
    let count = if this_year {
        usize::try_from(today.month()).unwrap_or(12)
    } else {
        12
    };
    let month =
        |(index, name): (usize, &&str)| json!({"Text": name, "Value": (index + 1).to_string()});
    Json(NAMES.iter().enumerate().take(count).map(month).collect())
}
