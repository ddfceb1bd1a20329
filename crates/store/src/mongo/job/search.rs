//! Jobs that the portal is to be searched for.

use formhand_domain::{FlowName, Job, PortalName};
use mongodb::bson::{Document, doc};

use super::{super::collections::Collections, row};
use crate::StoreError;

/// Jobs of these flows, those that are due first before the others.
pub(in super::super) async fn to_search(
    store: &Collections,
    flows: &[(PortalName, FlowName)],
    limit: u32,
) -> Result<Vec<Job>, StoreError> {
    if flows.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let flows: Vec<Document> = flows
        .iter()
        .map(|(portal, flow)| doc! { "portal": portal.as_str(), "flow": flow.as_str() })
        .collect();
    let found = store
        .jobs
        .find(doc! { "search_at": { "$exists": true }, "$or": flows })
        .sort(doc! { "search_at": 1 })
        .limit(row::limit(limit)?)
        .await?;
    row::jobs(&store.seal, found).await
}
