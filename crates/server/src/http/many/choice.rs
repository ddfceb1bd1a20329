//! The jobs that are meant, found now.

use formhand_domain::JobId;
use formhand_store::Cursor;

use super::{
    super::{ApiState, Problem},
    order::Which,
};

/// The jobs of one request.
pub(super) struct Choice {
    pub(super) ids: Vec<JobId>,
    /// Behind which job a further request goes on; nothing if these are all.
    pub(super) next: Option<JobId>,
}

/// Finds them.
pub(super) async fn choose(state: &ApiState, which: Which) -> Result<Choice, Problem> {
    let (filter, after, limit, expected) = match which {
        Which::These(ids) => return Ok(Choice { ids, next: None }),
        Which::Fitting {
            filter,
            after,
            limit,
            expected,
        } => (filter, after, limit, expected),
    };
    let page = state.store.jobs(*filter, after, limit).await?;
    if let Some(expected) = expected
        && (page.total.count() != expected || !page.total.is_exact())
    {
        let least = if page.total.is_exact() {
            ""
        } else {
            "at least "
        };
        let why = format!(
            "{least}{} jobs fit by now, where {expected} were expected; no job was touched",
            page.total.count()
        );
        return Err(Problem::refused("jobs_changed", why));
    }
    Ok(Choice {
        ids: page.jobs.iter().map(|job| job.id).collect(),
        next: page.next.map(|Cursor(id)| id),
    })
}
