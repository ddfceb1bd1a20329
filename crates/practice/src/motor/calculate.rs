//! `POST /Motor/CalculatePremium`.

use axum::Extension;
use axum::extract::State;

use super::coverage::{allowed_idv, derived_idv};
use super::rules::{Messages, date};
use crate::faults::{FaultName, Step};
use crate::html::{behaviour_script, fill};
use crate::http::{Form, Visit};
use crate::world::Shared;

/// Ends an answer that is a refusal; its parts are split by `||`.
const REFUSED: &str = "00000000001";
const PREMIUM: &str = include_str!("../../assets/pages/premium.html");

pub(crate) async fn calculate(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> String {
    world.pause(1000).await;
    let form = &visit.form;
    if let Some(fault) = world.take(FaultName::CalculateRefused, &visit.moment()) {
        let text = fault
            .text
            .unwrap_or_else(|| "Internal error ocurred".to_owned());
        return text + REFUSED;
    }
    let messages = check(form, world.today());
    if !messages.is_empty() {
        return messages.join("||") + REFUSED;
    }
    let zero = world
        .take(FaultName::NetPremiumZero, &visit.moment())
        .is_some();
    let premium = if zero {
        Premium::default()
    } else {
        Premium::of(form)
    };
    let page = fill(
        PREMIUM,
        &[
            ("own_damage", &premium.own_damage.to_string()),
            ("liability", &premium.liability.to_string()),
            ("add_ons", &premium.add_ons.to_string()),
            ("tax", &premium.tax.to_string()),
            ("net", &premium.net().to_string()),
        ],
    );
    page + &behaviour_script(&world.behaviours(Step::Calculate, &visit.moment()))
}

/// An invented tariff: it only has to depend on what was filled in.
#[derive(Default)]
pub(crate) struct Premium {
    own_damage: u64,
    liability: u64,
    add_ons: u64,
    tax: u64,
}

impl Premium {
    pub(crate) fn of(form: &Form) -> Self {
        let idv = form.number("ModifiedIDV").unwrap_or_default();
        let discount = form.number("Detariff_Discount_Rate").unwrap_or_default();
        let own_damage = rupees(idv * 0.0175 * (1.0 - discount / 100.0));
        let liability = if form.get("ddlTPPDLimit") == "6000" {
            3751
        } else {
            3851
        };
        let cover = |name: &str, price: u64| if form.is_on(name) { price } else { 0 };
        let add_ons = cover("ChkBox24", 375)
            + cover("ChkBox500", 120)
            + cover("ChkBox9", 85)
            + cover("ChkBox10", rupees(idv * 0.0035));
        let tax = (own_damage + liability + add_ons) * 18 / 100;
        Self {
            own_damage,
            liability,
            add_ons,
            tax,
        }
    }

    pub(crate) fn net(&self) -> u64 {
        self.own_damage + self.liability + self.add_ons + self.tax
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a premium is positive and far below the limits of an integer"
)]
fn rupees(amount: f64) -> u64 {
    amount.clamp(0.0, 1e12).round() as u64
}

fn check(form: &Form, today: jiff::civil::Date) -> Vec<String> {
    let mut messages = Messages::default();
    messages.person(form, today);
    messages.numbers(form);
    check_idv(form, &mut messages);
    if form.is_on("ChkBox24") {
        check_nominee(form, &mut messages);
    }
    if form.is_on("VehicleHypothicated") {
        messages.require(
            form,
            &[
                ("FinancierType", "Please select Financier Type"),
                ("AutoFinancierName", "Please enter Financier Name"),
                ("FinancierAddressVehicle", "Please enter Financier Address"),
            ],
        );
    }
    messages.0
}

fn check_idv(form: &Form, messages: &mut Messages) {
    let idv = form.number("ModifiedIDV").unwrap_or_default();
    let (low, high) = allowed_idv(derived_idv(form));
    messages.unless(idv > 0.0, "Vehicle IDV should not be Zero(0).");
    let fits = idv == 0.0 || (f64::from(low)..=f64::from(high)).contains(&idv);
    messages.unless(
        fits,
        &format!("Vehicle IDV should be between {low} and {high}"),
    );
}

fn check_nominee(form: &Form, messages: &mut Messages) {
    messages.require(
        form,
        &[
            ("txtPAOwnerCoverNomineeName", "Please enter Nominee Name"),
            (
                "Nominee_RelationshipOwnerDriver",
                "Please select Nominee Relationship",
            ),
        ],
    );
    let known = form.has("txtNomineeAge") || date(form.get("Nominee_Date_Birth")).is_some();
    messages.unless(known, "Please enter Nominee Date of Birth");
    if form.get("Nominee_RelationshipOwnerDriver") == "6" {
        messages.require(
            form,
            &[(
                "Other_Relatioship_Name",
                "Please enter Other Relationship Name",
            )],
        );
    }
    if form.number("txtNomineeAge").is_some_and(|age| age < 18.0) {
        messages.require(form, &[("Appointee_Name", "Please enter Appointee Name")]);
    }
}
