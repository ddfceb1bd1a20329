//! `POST /Motor/FetchIDV`: the portal's own IDV, its range, and the covers.

use axum::Extension;
use axum::extract::State;
use jiff::ToSpan;

use super::rules::{Messages, date};
use crate::faults::{FaultName, Step};
use crate::html::{behaviour_script, fill};
use crate::http::{Form, Visit};
use crate::master::{Model, Rto};
use crate::world::Shared;

/// Ends an answer that is a refusal; its parts are split by `|`.
const REFUSED: &str = "12345678910";
const COVERS: &str = include_str!("../../assets/pages/coverage.html");

pub(crate) async fn fetch(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> String {
    world.pause(1200).await;
    let form = &visit.form;
    if let Some(fault) = world.take(FaultName::CoverageRefused, &visit.moment()) {
        let text = fault
            .text
            .unwrap_or_else(|| "Internal error ocurred".to_owned());
        return text + REFUSED;
    }
    let messages = check(form, world.today());
    if !messages.is_empty() {
        return messages.join("|") + REFUSED;
    }
    let idv = derived_idv(form);
    let (low, high) = allowed_idv(idv);
    let covers = fill(
        COVERS,
        &[
            ("idv", &idv.to_string()),
            ("low", &low.to_string()),
            ("high", &high.to_string()),
            ("name", form.get("txtFirstName")),
        ],
    );
    covers + &behaviour_script(&world.behaviours(Step::Coverage, &visit.moment()))
}

/// What the portal thinks the vehicle is worth.
pub(crate) fn derived_idv(form: &Form) -> u32 {
    let price = Model::by_id(form.get("VehicleModelId")).map_or(0, |model| model.price);
    price / 100 * 95
}

/// The range that may be typed afterwards.
pub(crate) fn allowed_idv(idv: u32) -> (u32, u32) {
    (idv / 10 * 9, idv / 10 * 11)
}

fn check(form: &Form, today: jiff::civil::Date) -> Vec<String> {
    let mut messages = Messages::default();
    messages.require(
        form,
        &[
            ("hdnClientId", "Please Validate Customer details"),
            ("VehicleModelId", "Please enter Vehicle Make Model Variance"),
            ("RTOId", "Please provide RTO City/Location"),
            ("Date_PurchaseVehicle", "Please Enter Purchase Date"),
            ("Date_RegistrationVehicle", "Please Enter Registration Date"),
            (
                "Manufacturing_YearVehicle",
                "Please select Manufacturing Year",
            ),
            (
                "Manufacturing_MonthVehicle",
                "Please select Manufacturing Month",
            ),
        ],
    );
    messages.numbers(form);
    if let Some(model) = Model::by_id(form.get("VehicleModelId")) {
        messages.unless(model.price > 0, "Vehicle details is inactive");
    }
    let office_known = !form.has("RTOId") || Rto::by_code(form.get("RTOId")).is_some();
    messages.unless(office_known, "Please provide RTO City/Location");
    check_dates(form, today, &mut messages);
    let discount = form.number("Detariff_Discount_Rate");
    messages.unless(
        discount.is_some_and(|rate| rate != 0.0 && (-100.0..=100.0).contains(&rate)),
        "Detarif Discount should not be 0 and must lie between -100 and 100",
    );
    messages.0
}

fn check_dates(form: &Form, today: jiff::civil::Date, messages: &mut Messages) {
    let bought = date(form.get("Date_PurchaseVehicle"));
    let registered = date(form.get("Date_RegistrationVehicle"));
    let (Some(bought), Some(registered)) = (bought, registered) else {
        return;
    };
    let latest = today.saturating_add(30.days());
    messages.unless(bought <= latest, "Purchase Date cannot be a future date");
    messages.unless(
        registered >= bought,
        "Registration Date cannot be less than Purchase Date",
    );
    messages.unless(
        registered <= bought.saturating_add(365.days()),
        "Registration Date cannot be greater than 1 year from Purchase Date",
    );
    let made = (
        form.number("Manufacturing_YearVehicle"),
        form.number("Manufacturing_MonthVehicle"),
    );
    if let (Some(year), Some(month)) = made {
        let bought_in = (f64::from(bought.year()), f64::from(bought.month()));
        messages.unless(
            (year, month) <= bought_in,
            "Manufacturing date cannot be greater than Purchase Date",
        );
    }
}
