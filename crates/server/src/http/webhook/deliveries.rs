//! `GET /api/webhooks/{name}/deliveries?state=&job=&since=&limit=&after=`: messages, newest first.

use axum::{Json, extract::State};
use formhand_domain::WebhookName;
use formhand_store::{DeliveryCursor, DeliveryFilter, DeliveryState};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{cursor, delivery_view::DeliveryView, name::find};
use crate::http::{ApiState, Problem, Query, RawPath, names, path_text};

/// Deliveries of a page when the client does not say.
const DEFAULT_LIMIT: u32 = 50;

/// The store gives no more at once.
const MAX_LIMIT: u32 = 500;

/// A page of messages.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Deliveries")]
pub(crate) struct DeliveriesView {
    /// The messages, newest first.
    pub(crate) deliveries: Vec<DeliveryView>,
    /// For the next page's `after`; null on the last one.
    pub(crate) next: Option<String>,
}

/// A page of deliveries.
pub(super) async fn list(
    State(state): State<ApiState>,
    path: RawPath<String>,
    query: Query,
) -> Result<Json<DeliveriesView>, Problem> {
    let name = &find(&state, &path_text(path)?)?.name;
    let query = query.only(&["state", "job", "since", "limit", "after"])?;
    let limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT)?;
    let filter = filter(&query)?;
    page(&state, name, filter, after(&query)?, limit)
        .await
        .map(Json)
}

/// A page of the deliveries of a webhook.
pub(crate) async fn page(
    state: &ApiState,
    name: &WebhookName,
    filter: DeliveryFilter,
    after: Option<DeliveryCursor>,
    limit: u32,
) -> Result<DeliveriesView, Problem> {
    let page = state.store.deliveries(name, filter, after, limit).await?;
    Ok(DeliveriesView {
        deliveries: page.deliveries.iter().map(DeliveryView::brief).collect(),
        next: page.next.as_ref().map(cursor::shown),
    })
}

fn filter(query: &Query) -> Result<DeliveryFilter, Problem> {
    let state = query.one("state")?.map(|asked| {
        let known = DeliveryState::NAMES;
        known
            .into_iter()
            .find(|name| *name == asked)
            .ok_or_else(|| {
                let detail = format!("state is not valid: expected one of {}", known.join(", "));
                Problem::bad_request("invalid_parameter", detail)
            })
    });
    let job = query.one("job")?.map(names::parse_job_id);
    Ok(DeliveryFilter {
        state: state.transpose()?,
        job: job.transpose()?,
        since: query.time("since")?,
    })
}

fn after(query: &Query) -> Result<Option<DeliveryCursor>, Problem> {
    let Some(text) = query.one("after")? else {
        return Ok(None);
    };
    let malformed = || {
        let detail = "after is not valid: expected the \"next\" of the page before";
        Problem::bad_request("invalid_parameter", detail)
    };
    cursor::read(text).map(Some).ok_or_else(malformed)
}
