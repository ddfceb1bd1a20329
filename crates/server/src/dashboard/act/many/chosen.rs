//! Which jobs a form means.

use axum::body::Bytes;
use maud::{Markup, html};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::super::form::Fields;
use crate::http::{Problem, job_filter_object};

/// What the fields `id`, `all`, `filter`, `expected` and `cursor` say.
pub(super) enum Chosen {
    /// These.
    These(Vec<String>),
    /// All that fit the query of the list.
    Fitting {
        query: String,
        /// How many there were when the person was asked.
        expected: Option<u64>,
        /// Behind which one to go on.
        cursor: Option<String>,
    },
}

impl Chosen {
    pub(super) fn read(fields: &Fields) -> Result<Self, Problem> {
        if fields.get("all").is_some() {
            return Ok(Self::Fitting {
                query: fields.get("filter").unwrap_or_default().to_owned(),
                expected: fields.get("expected").and_then(|count| count.parse().ok()),
                cursor: fields.get("cursor").map(str::to_owned),
            });
        }
        let ids: Vec<_> = fields.all("id").into_iter().map(str::to_owned).collect();
        if ids.is_empty() {
            let why = "no job was chosen: tick the boxes of some jobs in the list, or the one for all that fit";
            return Err(Problem::bad_request("none_chosen", why));
        }
        Ok(Self::These(ids))
    }

    /// The body that the API takes.
    pub(super) fn body(&self, reason: Option<&str>) -> Bytes {
        let mut body = match self {
            Self::These(ids) => json!({"ids": ids}),
            Self::Fitting {
                query,
                expected,
                cursor,
            } => {
                let mut body = json!({"filter": filter(query)});
                if let Some(cursor) = cursor {
                    body["cursor"] = json!(cursor);
                } else if let Some(expected) = expected {
                    body["expected"] = json!(expected);
                }
                body
            }
        };
        if let Some(reason) = reason {
            body["reason"] = json!(reason);
        }
        Bytes::from(body.to_string())
    }

    /// The same for a further form.
    pub(super) fn hidden(&self) -> Markup {
        html! {
            @match self {
                Self::These(ids) => {
                    @for id in ids { input type="hidden" name="id" value=(id); }
                }
                Self::Fitting { query, expected, cursor } => {
                    input type="hidden" name="all" value="yes";
                    input type="hidden" name="filter" value=(query);
                    @if let Some(expected) = expected { input type="hidden" name="expected" value=(expected); }
                    @if let Some(cursor) = cursor { input type="hidden" name="cursor" value=(cursor); }
                }
            }
        }
    }
}

/// A query as the API's filter. What only says where a page begins and ends is none of it.
fn filter(query: &str) -> Value {
    let pairs = form_urlencoded::parse(query.as_bytes());
    job_filter_object(pairs.filter(|(name, value)| name != "limit" && !value.is_empty()))
}
