//! Pages that the menu names and nobody needs.

use axum::Extension;
use axum::extract::State;
use axum::response::Html;

use crate::faults::Step;
use crate::html::page;
use crate::http::Visit;
use crate::world::Shared;

pub(crate) async fn show(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Html<String> {
    let content =
        "<h2 class=\"page-title\">Track Transaction Status</h2><p>No transactions found.</p>";
    page(&world, &visit, Step::Dashboard, content)
}
