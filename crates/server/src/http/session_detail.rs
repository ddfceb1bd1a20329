//! What an event of a session says, under the names of the API.

use formhand_domain::account::SessionHappening;
use serde_json::{Map, Value};

/// The data of an event under the names of the API. A result that carries data lies beside its name.
pub(super) fn detail(happening: &SessionHappening) -> Map<String, Value> {
    let Ok(Value::Object(stored)) = serde_json::to_value(happening) else {
        return Map::new();
    };
    let mut detail = Map::new();
    for (name, value) in stored {
        match value {
            _ if name == "event" => {}
            Value::Object(inner) => {
                detail.extend(inner.into_iter().map(|(name, value)| (camel(&name), value)));
            }
            value => {
                detail.insert(camel(&name), value);
            }
        }
    }
    detail
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut text, word| {
        let mut letters = word.chars();
        text.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        text.push_str(letters.as_str());
        text
    })
}

#[cfg(test)]
mod tests {
    use formhand_domain::{
        FailureCode, RecoveryId,
        account::{AttemptResult, RecoveryCause, RecoveryLevel},
    };
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn the_result_of_a_try_lies_beside_what_else_is_known_of_it() {
        let happening = SessionHappening::RecoveryAttempt {
            recovery: RecoveryId::new(Timestamp::UNIX_EPOCH, 7),
            cause: RecoveryCause::Expired,
            level: RecoveryLevel::Soft,
            attempt: 2,
            duration_ms: 1500,
            result: AttemptResult::Failed {
                code: FailureCode::BadCredentials,
            },
        };
        let detail = detail(&happening);
        assert_eq!(detail["durationMs"], 1500);
        assert_eq!(detail["result"], "failed");
        assert_eq!(detail["code"], FailureCode::BadCredentials.to_string());
        assert!(!detail.contains_key("event"));
    }
}
