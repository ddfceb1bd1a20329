//! `/Policy/ViewPolicySearch`: finds a saved proposal by its number or by the chassis number.

use axum::Extension;
use axum::extract::State;
use axum::response::Html;

use crate::faults::Step;
use crate::html::{fill, page};
use crate::http::Visit;
use crate::ledger::Event;
use crate::motor::Proposal;
use crate::options::LoginCarrier;
use crate::world::Shared;

const PAGE: &str = include_str!("../../assets/pages/search.html");
const ROW: &str = include_str!("../../assets/pages/search-row.html");
const TABLE: &str = include_str!("../../assets/pages/search-table.html");

pub(crate) async fn show(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Html<String> {
    page(&world, &visit, Step::SearchPage, PAGE)
}

pub(crate) async fn find(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Html<String> {
    world.pause(600).await;
    let text = visit.form.get("SearchText").to_owned();
    let by_chassis = visit.form.get("SearchBy") == "chassis";
    // A new tab gets a copy of the session storage only if it knows who opened it.
    let rel = match world.options.login_carried_by {
        LoginCarrier::SessionStorage => "opener",
        _ => "noopener",
    };
    let rows: Vec<String> = {
        let inner = world.lock();
        let fits = |p: &&Proposal| {
            if by_chassis {
                p.chassis == text
            } else {
                p.proposal_no == text
            }
        };
        let found = inner.proposals.iter().filter(fits);
        found.map(|proposal| row(proposal, rel)).collect()
    };
    visit.log(
        &world,
        Event::Search {
            text,
            found: rows.len(),
        },
    );
    if rows.is_empty() {
        return Html("<div id=\"divNoRecords\" class=\"empty\">No records found.</div>".to_owned());
    }
    Html(fill(TABLE, &[("rows", &rows.concat())]))
}

fn row(proposal: &Proposal, rel: &str) -> String {
    fill(
        ROW,
        &[
            ("proposal", &proposal.proposal_no),
            ("quote", &proposal.quote_no),
            ("customer", &proposal.customer),
            ("chassis", &proposal.chassis),
            ("engine", &proposal.engine),
            ("premium", &proposal.premium.to_string()),
            ("status", proposal.status()),
            ("rel", rel),
        ],
    )
}
