//! The way to a place of a document.

use serde_json::Value;

use crate::mapping::{
    model::DocumentPath,
    value::{Found, is_nothing, look},
};

/// What stands at a path; nothing if it is null or the way to it ends before. `begin` is where the path begins, for what
/// is said if something of another shape stands in the way.
pub(super) fn find<'a>(
    document: &'a Value,
    path: &DocumentPath,
    begin: &str,
) -> Result<Option<&'a Value>, String> {
    let mut here = document;
    let mut walked = begin.to_owned();
    for part in path.parts() {
        let next = match look(here) {
            None => None,
            Some(Found::Group(fields)) => fields.get(part),
            Some(Found::List(items)) => match index(part) {
                Some(index) => items.get(index),
                None => {
                    return Err(format!(
                        "cannot be looked up: {} is a list; expected the number of an item such as {}, or `each`",
                        name(&walked),
                        join(&walked, "0"),
                    ));
                }
            },
            Some(other) => {
                return Err(format!(
                    "cannot be looked up: {} is {}; expected a group of fields",
                    name(&walked),
                    other.word(),
                ));
            }
        };
        let Some(next) = next else {
            return Ok(None);
        };
        here = next;
        walked = join(&walked, part);
    }
    Ok(Some(here).filter(|value| !is_nothing(value)))
}

/// A place within another.
pub(super) fn join(outer: &str, inner: &str) -> String {
    match (outer, inner) {
        ("", inner) => inner.to_owned(),
        (outer, "") => outer.to_owned(),
        (outer, inner) => format!("{outer}.{inner}"),
    }
}

fn name(walked: &str) -> &str {
    if walked.is_empty() {
        "the document"
    } else {
        walked
    }
}

fn index(part: &str) -> Option<usize> {
    let digits = part.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| part.parse().ok())?
}
