//! `GET /api/intake/{name}/quarantine?limit=&after=`: documents that could not be taken.

use axum::{Json, extract::State};
use formhand_store::{DocumentId, Quarantined};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ApiState, Problem,
    names::{self, RawPath},
    openapi::Time,
    query::Query,
};

/// Documents of a page when the client does not say.
const DEFAULT_LIMIT: u32 = 50;

/// The store gives no more at once.
const MAX_LIMIT: u32 = 500;

/// A page, in the order of the documents' ids.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Quarantine")]
pub(crate) struct QuarantineView {
    /// The documents.
    pub(crate) documents: Vec<QuarantinedView>,
    /// For the next page's `after`; null on the last one.
    pub(crate) next: Option<String>,
    /// How many there are in all.
    pub(crate) total: u64,
}

/// A document that could not be taken.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "QuarantinedDocument")]
pub(crate) struct QuarantinedView {
    /// Its id: the digits of an `ObjectId`, a number, a text, or anything else as extended JSON.
    pub(crate) document: String,
    /// When it was first looked at in vain.
    #[schemars(with = "Time")]
    pub(crate) first_at: Timestamp,
    /// When it was last looked at in vain.
    #[schemars(with = "Time")]
    pub(crate) last_at: Timestamp,
    /// How often it was looked at in vain.
    pub(crate) seen: u64,
    /// What is wrong with it.
    pub(crate) problems: Vec<ProblemView>,
}

/// One thing that is wrong with it.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DocumentProblem")]
pub(crate) struct ProblemView {
    /// The place in the document.
    pub(crate) path: String,
    /// The field of the record as a JSON pointer, or `account`, `caller_id` and the like.
    pub(crate) field: String,
    /// What is wrong, and what would be right.
    pub(crate) message: String,
}

/// A page of the quarantine.
pub(super) async fn list(
    State(state): State<ApiState>,
    path: RawPath<String>,
    query: Query,
) -> Result<Json<QuarantineView>, Problem> {
    let name = names::source(path)?;
    let query = query.only(&["limit", "after"])?;
    let limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT)?;
    let after = query.one("after")?.map(DocumentId::parse);
    let page = state
        .sources
        .quarantine(&name, after.as_ref(), limit)
        .await?;
    Ok(Json(QuarantineView {
        documents: page.entries.into_iter().map(view).collect(),
        next: page.next.map(|next| next.shown()),
        total: page.total,
    }))
}

fn view(entry: Quarantined) -> QuarantinedView {
    let problem = |problem: formhand_store::DocumentProblem| ProblemView {
        path: problem.path,
        field: problem.field,
        message: problem.message,
    };
    QuarantinedView {
        document: entry.document.shown(),
        first_at: entry.first_at,
        last_at: entry.last_at,
        seen: entry.seen,
        problems: entry.problems.into_iter().map(problem).collect(),
    }
}
