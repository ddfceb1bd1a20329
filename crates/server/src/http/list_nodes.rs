//! `GET /api/nodes`: the servers that work on the store.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use formhand_domain::{NodeId, Status};
use formhand_store::{JobFilter, Node};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ApiState, Problem, openapi::Time, query::Query};

/// A server says every ten seconds that it is there. After three that are missing it is silent.
const SILENCE: SignedDuration = SignedDuration::from_secs(30);

/// More jobs than all servers together work on.
const MOST: u32 = 500;

/// A server.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Node")]
pub(crate) struct NodeView {
    /// Its name.
    pub(crate) id: NodeId,
    /// `working`, `draining` while it finishes what it has, `drained`, or `silent`.
    #[schemars(extend("enum" = ["working", "draining", "drained", "silent"]))]
    pub(crate) state: String,
    /// How many jobs it works on.
    pub(crate) at_work: u32,
    /// How many it may work on at once.
    pub(crate) workers: u32,
    /// The version of its program.
    pub(crate) version: String,
    /// The newest schema of the store that it can work on.
    pub(crate) schema: u32,
    /// When it started.
    #[schemars(with = "Time")]
    pub(crate) started_at: Timestamp,
    /// When it last said that it is there.
    #[schemars(with = "Time")]
    pub(crate) seen_at: Timestamp,
}

/// The servers of a store.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct Nodes {
    /// All that have said that they are there.
    pub(crate) nodes: Vec<NodeView>,
}

/// All of them.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<Nodes>, Problem> {
    query.only(&[])?;
    Ok(Json(Nodes {
        nodes: nodes(&state).await?,
    }))
}

/// All servers that have said that they are there.
pub(crate) async fn nodes(state: &ApiState) -> Result<Vec<NodeView>, Problem> {
    let nodes = state.store.nodes().await?;
    let at_work = at_work(state).await?;
    let now = state.clock.now();
    let view = |node| view(node, &at_work, now);
    Ok(nodes.into_iter().map(view).collect())
}

/// By the jobs themselves: what a server says of itself is some seconds old.
async fn at_work(state: &ApiState) -> Result<BTreeMap<NodeId, u32>, Problem> {
    let filter = JobFilter {
        statuses: vec![Status::Processing],
        ..JobFilter::default()
    };
    let page = state.store.jobs(filter, None, MOST).await?;
    let mut at_work = BTreeMap::new();
    for job in &page.jobs {
        if let Some(lease) = job.lease() {
            *at_work.entry(lease.owner.clone()).or_default() += 1;
        }
    }
    Ok(at_work)
}

fn view(node: Node, at_work: &BTreeMap<NodeId, u32>, now: Timestamp) -> NodeView {
    let Node { entry, drain } = node;
    let at_work = at_work.get(&entry.id).copied().unwrap_or(0);
    let is_silent = now.duration_since(entry.seen_at) > SILENCE;
    let state = match (is_silent, drain, at_work) {
        (true, _, _) => "silent",
        (false, false, _) => "working",
        (false, true, 0) => "drained",
        (false, true, _) => "draining",
    };
    NodeView {
        id: entry.id,
        state: state.to_owned(),
        at_work,
        workers: entry.workers,
        version: entry.version,
        schema: entry.schema,
        started_at: entry.started_at,
        seen_at: entry.seen_at,
    }
}

#[cfg(test)]
mod tests {
    use formhand_store::NodeEntry;

    use super::*;

    #[test]
    fn a_server_is_working_draining_drained_or_silent() {
        let second = |second| Timestamp::from_second(second).unwrap();
        let id = NodeId::new("node-a").unwrap();
        let node = |drain| Node {
            entry: NodeEntry {
                id: id.clone(),
                version: "0.1.0".into(),
                schema: 1,
                workers: 3,
                at_work: 0,
                started_at: second(0),
                seen_at: second(100),
            },
            drain,
        };
        let busy = BTreeMap::from([(id.clone(), 1)]);
        let idle = BTreeMap::new();
        let state = |drain, at_work, now| view(node(drain), at_work, second(now)).state;
        assert_eq!(state(false, &busy, 130), "working");
        assert_eq!(state(true, &busy, 130), "draining");
        assert_eq!(state(true, &idle, 130), "drained");
        assert_eq!(state(false, &busy, 131), "silent");
    }
}
