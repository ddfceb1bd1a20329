//! `/Motor/Motor`: the main proposal page.

use axum::Extension;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};

use crate::faults::Step;
use crate::html::{fill, page, state_options};
use crate::http::Visit;
use crate::master::PRODUCTS;
use crate::world::Shared;

const PAGE: &str = include_str!("../../assets/pages/proposal.html");
const CUSTOMER: &str = include_str!("../../assets/pages/proposal-customer.html");
const VEHICLE: &str = include_str!("../../assets/pages/proposal-vehicle.html");
const OTHER: &str = include_str!("../../assets/pages/proposal-other.html");
const ADDRESS: &str = include_str!("../../assets/pages/address.html");

pub(crate) async fn show(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Response {
    let codes: Vec<&str> = PRODUCTS.iter().map(|(code, _)| *code).collect();
    let Some(code) = world.open_token(visit.query.get("Product_Code"), &codes) else {
        return unknown_link();
    };
    let product = PRODUCTS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or("", |(_, name)| name);
    let states = state_options();
    let address = |prefix: &str| fill(ADDRESS, &[("p", prefix), ("states", &states)]);
    let customer = fill(
        CUSTOMER,
        &[
            ("communication", &address("objAddress")),
            ("permanent", &address("ObjPermanentAddress")),
        ],
    );
    let other = fill(
        OTHER,
        &[("registration", &address("objRegistrationAddress"))],
    );
    let is_new = product.contains("New Veh");
    let content = fill(
        PAGE,
        &[
            ("code", code),
            ("product", product),
            ("is_old", if is_new { "hidden" } else { "" }),
            ("user", visit.user.as_deref().unwrap_or_default()),
            ("customer", &customer),
            ("vehicle", VEHICLE),
            ("other", &other),
        ],
    );
    page(&world, &visit, Step::Form, &content).into_response()
}

/// What the portal does with a link that it did not make itself.
pub(crate) fn unknown_link() -> Response {
    let page = "<p>Due to Security Reason , we are redirecting to Home Page.</p>\
        <script>setTimeout(() => location.replace('/Home/Home'), 500)</script>";
    Html(page).into_response()
}
