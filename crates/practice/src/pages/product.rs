//! `/Motor/PartialQuoteProducTypes` and the quick quote that it loads.

use axum::Extension;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};

use super::proposal::unknown_link;
use crate::faults::Step;
use crate::html::{behaviour_script, fill, page};
use crate::http::Visit;
use crate::master::PRODUCTS;
use crate::world::Shared;

const PAGE: &str = include_str!("../../assets/pages/product.html");
const QUOTE: &str = include_str!("../../assets/pages/quote.html");

pub(crate) async fn show(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Response {
    let token = visit.query.get("baseProductCode");
    match world.open_token(token, &["two-wheeler", "private-car"]) {
        Some("two-wheeler") => page(&world, &visit, Step::Product, PAGE).into_response(),
        Some(_) => {
            let content = "<h2 class=\"page-title\">Not part of this practice portal</h2>";
            page(&world, &visit, Step::Product, content).into_response()
        }
        None => unknown_link(),
    }
}

/// The part below the product list. The page asks for the first product by itself, and two
/// answers may race.
pub(crate) async fn quote(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Html<String> {
    world.pause(500).await;
    let asked = visit.query.get("Product_Code");
    let known = PRODUCTS.iter().find(|(code, _)| *code == asked);
    let (code, name) = *known.unwrap_or(&PRODUCTS[0]);
    let token = world.token(code);
    let behaviours = behaviour_script(&world.behaviours(Step::Quote, &visit.moment()));
    Html(fill(QUOTE, &[("token", &token), ("code", code), ("name", name)]) + &behaviours)
}
