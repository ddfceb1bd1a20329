//! `GET /api/browsers`: the browsers of the server that answers, and the memory that it takes.

use axum::{Json, extract::State};
use formhand_domain::NodeId;
use schemars::JsonSchema;
use serde::Serialize;

use super::{ApiState, Problem, query::Query};
use crate::metrics::Browsers;

/// What a server takes of its machine. Other servers of the store are not looked at: each sees its own machine only.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "RunningBrowsers")]
pub(crate) struct BrowsersView {
    /// The server that answers.
    pub(crate) server: NodeId,
    /// Browsers that run in its data folder and that belong to none of its sessions and none of its clones. One that is just
    /// being started may show for a moment. Null if its machine did not answer in time.
    pub(crate) in_excess: Option<usize>,
    /// The memory of the server and of all its browsers, in bytes. Null if its machine did not answer in time.
    pub(crate) memory_bytes: Option<u64>,
    /// That of the server alone.
    pub(crate) server_memory_bytes: Option<u64>,
    /// Each kind of browsers. Empty if its machine did not answer in time.
    pub(crate) kinds: Vec<KindView>,
}

/// Browsers that are there for the same.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "BrowsersOfKind")]
pub(crate) struct KindView {
    /// `master`, one for each session that is kept, or `worker`, for the clones that jobs work in.
    #[schemars(extend("enum" = ["master", "worker"]))]
    pub(crate) kind: &'static str,
    /// How many run.
    pub(crate) running: usize,
    /// Those of them that are in excess.
    pub(crate) in_excess: usize,
    /// All their processes.
    pub(crate) processes: usize,
    /// What these hold of memory that they do not share, in bytes.
    pub(crate) memory_bytes: u64,
}

impl From<Browsers> for KindView {
    fn from(browsers: Browsers) -> Self {
        Self {
            kind: browsers.kind,
            running: browsers.running,
            in_excess: browsers.in_excess,
            processes: browsers.processes,
            memory_bytes: browsers.memory_bytes,
        }
    }
}

/// Looks.
pub(super) async fn show(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<BrowsersView>, Problem> {
    query.only(&[])?;
    Ok(Json(browsers(&state).await))
}

/// The browsers of this server as they run now.
pub(crate) async fn browsers(state: &ApiState) -> BrowsersView {
    let server = state.sources.node().clone();
    let Some(footprint) = state.metrics.footprint().await else {
        return BrowsersView {
            server,
            in_excess: None,
            memory_bytes: None,
            server_memory_bytes: None,
            kinds: Vec::new(),
        };
    };
    let kinds: Vec<KindView> = footprint.browsers.into_iter().map(KindView::from).collect();
    let of_browsers: u64 = kinds.iter().map(|kind| kind.memory_bytes).sum();
    let own = footprint.server_memory_bytes;
    BrowsersView {
        server,
        in_excess: Some(kinds.iter().map(|kind| kind.in_excess).sum()),
        memory_bytes: own.map(|own| own + of_browsers),
        server_memory_bytes: own,
        kinds,
    }
}
