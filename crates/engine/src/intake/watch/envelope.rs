//! A document of a queue collection: a submission, as the HTTP API takes it.

use formhand_domain::{AccountName, CallerId, FlowName, PortalName, ids::InvalidId};
use formhand_store::{DocumentId, DocumentProblem};
use serde_json::{Map, Number, Value};

use crate::Submission;

/// What a document of a queue collection may hold, beside what is written back.
pub const FIELDS: [&str; 5] = ["portal", "flow", "account", "captchaId", "record"];

/// From here on, numbers have neighbours that look the same.
const LONGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// The submission of a document, or all that is wrong with it. `written` are paths that Formhand writes itself.
pub(super) fn submission<'a>(
    document: &DocumentId,
    value: &Value,
    written: impl Iterator<Item = &'a str>,
) -> Result<Submission, Vec<DocumentProblem>> {
    let empty = Map::new();
    let fields = value.as_object().unwrap_or(&empty);
    let own: Vec<&str> = written.filter_map(|path| path.split('.').next()).collect();
    let mut reader = Reader {
        fields,
        problems: Vec::new(),
    };
    for name in fields.keys() {
        if name != "_id" && !FIELDS.contains(&name.as_str()) && !own.contains(&name.as_str()) {
            let message = format!("is not known; expected one of {}", FIELDS.join(", "));
            reader.complain(name, message);
        }
    }
    let submission = Submission {
        portal: reader.text("portal", |text| PortalName::new(text)),
        flow: reader.text("flow", |text| FlowName::new(text)),
        account: reader.text("account", |text| AccountName::new(text)),
        caller_id: reader.text("captchaId", |text| CallerId::new(text)),
        idempotency_key: None,
        record: reader.record(),
    };
    // Without one of its own, a document is known by its id.
    let submission = match submission.caller_id {
        Some(_) => submission,
        None => Submission {
            caller_id: reader.own_id(document),
            ..submission
        },
    };
    if reader.problems.is_empty() {
        Ok(submission)
    } else {
        Err(reader.problems)
    }
}

struct Reader<'a> {
    fields: &'a Map<String, Value>,
    problems: Vec<DocumentProblem>,
}

impl Reader<'_> {
    fn complain(&mut self, name: &str, message: String) {
        self.problems.push(DocumentProblem {
            path: name.to_owned(),
            field: name.to_owned(),
            message,
        });
    }

    /// A text that may be missing. Null is the same as missing.
    fn text<T>(&mut self, name: &str, read: impl Fn(&str) -> Result<T, InvalidId>) -> Option<T> {
        match self.fields.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => match read(text) {
                Ok(read) => Some(read),
                Err(error) => {
                    self.complain(name, format!("is not valid; expected {}", error.expected));
                    None
                }
            },
            Some(_) => {
                self.complain(name, "is no text; expected a text, or nothing".to_owned());
                None
            }
        }
    }

    fn own_id(&mut self, document: &DocumentId) -> Option<CallerId> {
        if self
            .fields
            .get("captchaId")
            .is_some_and(|given| !given.is_null())
        {
            // It is there and wrong, which is told already.
            return None;
        }
        let shown = document.shown();
        let text = serde_json::from_str::<String>(&shown).unwrap_or(shown);
        match CallerId::new(text) {
            Ok(id) => Some(id),
            Err(error) => {
                let expected = error.expected;
                self.complain(
                    "_id",
                    format!("is not fit for a captchaId, and there is none; expected {expected}"),
                );
                None
            }
        }
    }

    fn record(&mut self) -> Value {
        match self.fields.get("record") {
            Some(Value::Object(record)) if !is_special(record) => {
                let mut problems = Vec::new();
                let record = plain(&Value::Object(record.clone()), "record", "", &mut problems);
                self.problems.extend(problems);
                record
            }
            None | Some(Value::Null) => {
                self.complain(
                    "record",
                    "is missing; expected a group of fields".to_owned(),
                );
                Value::Null
            }
            Some(_) => {
                self.complain("record", "is no group of fields".to_owned());
                Value::Null
            }
        }
    }
}

/// The same value as plain JSON. What JSON has no kind for is a problem: nobody said how it is to be written.
fn plain(value: &Value, path: &str, pointer: &str, problems: &mut Vec<DocumentProblem>) -> Value {
    let mut complain = |message: &str| {
        problems.push(DocumentProblem {
            path: path.to_owned(),
            field: pointer.to_owned(),
            message: message.to_owned(),
        });
        Value::Null
    };
    match value {
        Value::Object(fields) if is_special(fields) => {
            complain("is of a kind that a record has no place for, such as a date; expected a text")
        }
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| {
                let (path, pointer) = (format!("{path}.{name}"), format!("{pointer}/{name}"));
                (name.clone(), plain(value, &path, &pointer, problems))
            };
            Value::Object(fields.iter().map(field).collect())
        }
        Value::Array(items) => {
            let item = |(index, value): (usize, &Value)| {
                let (path, pointer) = (format!("{path}.{index}"), format!("{pointer}/{index}"));
                plain(value, &path, &pointer, problems)
            };
            Value::Array(items.iter().enumerate().map(item).collect())
        }
        Value::Number(number) => match shortest(number) {
            Some(number) => Value::Number(number),
            None => complain("is too long to be kept exactly; expected a text"),
        },
        other => other.clone(),
    }
}

/// The `.0` of a double is the database's and not the number's: many programs write every number so.
fn shortest(number: &Number) -> Option<Number> {
    let Some(double) = number.as_f64().filter(|_| number.is_f64()) else {
        return Some(number.clone());
    };
    if double.abs() >= LONGEST_WHOLE {
        return None;
    }
    if double.fract() == 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
        return Some(Number::from(double as i64));
    }
    Some(number.clone())
}

/// Extended JSON, for what JSON has no kind of its own for: `{"$date": "…"}`.
fn is_special(fields: &Map<String, Value>) -> bool {
    fields
        .keys()
        .next()
        .is_some_and(|name| name.starts_with('$'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Result<Submission, Vec<DocumentProblem>> {
        let document = DocumentId::parse("65a1b2c3d4e5f60718293a4b");
        submission(&document, value, ["formhand.status"].into_iter())
    }

    fn problems(value: &Value) -> String {
        let Err(problems) = read(value) else {
            return "(nothing)".to_owned();
        };
        let line = |problem: &DocumentProblem| {
            format!(
                "{} (for {}): {}",
                problem.path, problem.field, problem.message
            )
        };
        problems.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_document_is_what_the_api_takes() {
        let document = json!({
            "_id": {"$oid": "65a1b2c3d4e5f60718293a4b"},
            "portal": "garden",
            "account": "main",
            "captchaId": "case-1",
            "record": {"name": "Asha", "height": 3.0, "share": 12.5, "phone": 9_876_543_210.0, "tags": [1.0, null]},
            "formhand": {"status": "pending"},
        });
        let read = read(&document).unwrap_or_else(|_| panic!("{}", problems(&document)));
        assert_eq!(read.portal.unwrap().as_str(), "garden");
        assert_eq!(read.flow, None);
        assert_eq!(read.caller_id.unwrap().as_str(), "case-1");
        let expected =
            r#"{"name":"Asha","height":3,"share":12.5,"phone":9876543210,"tags":[1,null]}"#;
        assert_eq!(read.record.to_string(), expected);
    }

    #[test]
    fn kf39_null_is_the_same_as_missing_and_the_id_stands_in_for_a_callers_id() {
        for document in [
            json!({"record": {}}),
            json!({"portal": null, "flow": null, "account": null, "captchaId": null, "record": {}}),
        ] {
            let read = read(&document).unwrap_or_else(|_| panic!("{}", problems(&document)));
            assert!(read.portal.is_none() && read.flow.is_none() && read.account.is_none());
            assert_eq!(read.caller_id.unwrap().as_str(), "65a1b2c3d4e5f60718293a4b");
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_and_no_value_of_it() {
        let document = json!({
            "portal": "Smart Zone",
            "account": 7,
            "acount": "main",
            "captchaId": "Asha Example",
            "record": {
                "born": {"$date": "1991-03-14T00:00:00Z"},
                "nominees": [{"id": {"$oid": "65a1b2c3d4e5f60718293a4b"}}],
                "aadhar": 1e20,
            },
        });
        let problems = problems(&document);
        assert!(!problems.contains("Asha"), "{problems}");
        insta::assert_snapshot!(problems, @"
        acount (for acount): is not known; expected one of portal, flow, account, captchaId, record
        portal (for portal): is not valid; expected 1 to 64 lower-case letters, digits and hyphens
        account (for account): is no text; expected a text, or nothing
        captchaId (for captchaId): is not valid; expected 1 to 128 visible ASCII characters without spaces
        record.born (for /born): is of a kind that a record has no place for, such as a date; expected a text
        record.nominees.0.id (for /nominees/0/id): is of a kind that a record has no place for, such as a date; expected a text
        record.aadhar (for /aadhar): is too long to be kept exactly; expected a text
        ");
        insta::assert_snapshot!(super::tests::problems(&json!({})), @"record (for record): is missing; expected a group of fields");
        insta::assert_snapshot!(super::tests::problems(&json!({"record": {"$date": "x"}})), @"record (for record): is no group of fields");
    }
}
