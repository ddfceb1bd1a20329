//! What the browser is told to hold: one list for all its contexts.

use serde_json::{Value, json};

use crate::context::ContextShared;

/// The patterns for `Fetch.enable`. Documents are always held for a moment, so that no context leaves its origins.
pub(crate) fn fetch_patterns<'a>(contexts: impl Iterator<Item = &'a ContextShared>) -> Vec<Value> {
    let mut patterns =
        vec![json!({"urlPattern": "*", "resourceType": "Document", "requestStage": "Request"})];
    for context in contexts {
        let commits = context
            .commit_patterns()
            .iter()
            .map(|pattern| pattern.url.fetch_pattern());
        patterns.extend(
            commits.map(|pattern| json!({"urlPattern": pattern, "requestStage": "Request"})),
        );
        let watched = context.watched();
        let watched = watched.iter().map(crate::gate::UrlGlob::fetch_pattern);
        patterns.extend(
            watched.map(|pattern| json!({"urlPattern": pattern, "requestStage": "Response"})),
        );
    }
    patterns.dedup();
    patterns
}
