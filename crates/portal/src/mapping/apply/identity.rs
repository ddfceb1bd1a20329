//! Whose document it is: its own id, and the account that files it.

use formhand_domain::{AccountName, CallerId};
use serde_json::Value;

use super::{
    convert::{as_text, as_word, unknown_word},
    find::find,
    wanted::{aside, one_of},
};
use crate::mapping::{
    Problem,
    model::{AccountRule, DocumentPath},
    value::{Found, look},
};

/// The document's own id.
pub(super) fn caller_id(path: &DocumentPath, document: &Value) -> Result<CallerId, Problem> {
    const WANTED: &str = "expected a text, a whole number, an ObjectId or a UUID";
    let problem = |message: String| Problem {
        path: path.to_string(),
        field: "caller_id".to_owned(),
        message,
    };
    let Some(found) = find(document, path, "").map_err(problem)?.and_then(look) else {
        return Err(problem(format!("is missing; {WANTED}")));
    };
    let text = match &found {
        Found::Number(number) => number.whole().map(|number| number.to_string()),
        Found::Boolean(_) => None,
        found => as_text(found),
    };
    let text = text.ok_or_else(|| problem(format!("is {}; {WANTED}", found.word())))?;
    CallerId::new(text).map_err(|error| {
        // The error's own words repeat the id, and it may be somebody's.
        problem(format!("is not fit for an id; expected {}", error.expected))
    })
}

/// The account that files the document.
pub(super) fn account(rule: &AccountRule, document: &Value) -> Result<AccountName, Problem> {
    let (path, values) = match rule {
        AccountRule::Named(name) => return Ok(name.clone()),
        AccountRule::Told { path, values } => (path, values),
    };
    let problem = |message: String| Problem {
        path: path.to_string(),
        field: "account".to_owned(),
        message,
    };
    let wanted = || match values {
        Some(values) => one_of(values.keys().map(|word| format!("{word:?}"))),
        None => "the name of an account".to_owned(),
    };
    let Some(found) = find(document, path, "").map_err(problem)?.and_then(look) else {
        return Err(problem(format!("is missing; expected {}", wanted())));
    };
    let aside = aside(&found, false);
    let wrong = |wrong: String| problem(format!("{wrong}; expected {}{aside}", wanted()));
    let word = as_word(&found).map_err(wrong)?;
    match values {
        Some(values) => values
            .get(&word)
            .cloned()
            .ok_or_else(|| wrong(unknown_word())),
        None => AccountName::new(word).map_err(|error| {
            problem(format!(
                "is not the name of an account; expected {}{aside}",
                error.expected
            ))
        }),
    }
}
