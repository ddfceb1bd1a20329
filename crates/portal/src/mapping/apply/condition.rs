//! Whether a document is ready.

use serde_json::Value;

use super::{find::find, wanted::one_of};
use crate::mapping::{
    Unmet,
    model::{Condition, Demand},
    value::{Decimal, Found, look},
};

/// The condition, if it does not hold.
pub(super) fn unmet(condition: &Condition, document: &Value) -> Option<Unmet> {
    // What is not where it should be may be a document of another kind: it is not there.
    let found = find(document, &condition.path, "").ok().flatten();
    let (holds, message) = match &condition.demand {
        Demand::OneOf(values) => {
            let found = found.and_then(look);
            let holds = found
                .as_ref()
                .is_some_and(|found| values.iter().any(|value| is(found, value)));
            let shown = one_of(values.iter().map(ToString::to_string));
            let but = match &found {
                None => ", and is missing".to_owned(),
                Some(found) if values.iter().any(|value| same_kind(found, value)) => String::new(),
                Some(found) => format!(", and is {}", found.word()),
            };
            (holds, format!("must be {shown}{but}"))
        }
        Demand::Exists(true) => (found.is_some(), "must be there".to_owned()),
        Demand::Exists(false) => (found.is_none(), "must not be there".to_owned()),
    };
    (!holds).then(|| Unmet {
        path: condition.path.to_string(),
        message,
    })
}

fn same_kind(found: &Found<'_>, value: &Value) -> bool {
    matches!(
        (found, value),
        (Found::Text(_), Value::String(_))
            | (Found::Boolean(_), Value::Bool(_))
            | (Found::Number(_), Value::Number(_))
    )
}

/// The same value of the same kind.
fn is(found: &Found<'_>, value: &Value) -> bool {
    match (found, value) {
        (Found::Text(text), Value::String(value)) => text == value,
        (Found::Boolean(found), Value::Bool(value)) => found == value,
        (Found::Number(number), Value::Number(value)) => {
            Decimal::parse(&value.to_string()) == Some(*number)
        }
        _ => false,
    }
}
