//! What changes something takes no parameter that is not described: one that is misspelt must not be passed over.

use axum::{
    extract::{FromRequestParts as _, MatchedPath, Request},
    http::{Method, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use serde_json::Value;

use super::{super::query::Query, document};

/// Refuses it. What only reads looks at its parameters by itself.
pub(in crate::http) async fn check(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let path = request.extensions().get::<MatchedPath>();
    let Some(known) = path.and_then(|path| described(path.as_str(), request.method())) else {
        return next.run(request).await;
    };
    let (mut parts, body) = request.into_parts();
    match query(&mut parts).await.only(&known) {
        Ok(_) => next.run(Request::from_parts(parts, body)).await,
        Err(problem) => problem.into_response(),
    }
}

async fn query(parts: &mut Parts) -> Query {
    let Ok(query) = Query::from_request_parts(parts, &()).await;
    query
}

/// The parameters of an operation; nothing if it is none of the API.
fn described(path: &str, method: &Method) -> Option<Vec<&'static str>> {
    let item = document()["paths"].get(path)?;
    let operation = item.get(method.as_str().to_ascii_lowercase())?;
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let of_query = parameters
        .into_iter()
        .flatten()
        .filter(|parameter| parameter["in"] == "query");
    Some(
        of_query
            .filter_map(|parameter| parameter["name"].as_str())
            .collect(),
    )
}
