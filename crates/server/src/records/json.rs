//! One JSON document: an envelope or an array of them.

use super::{Envelope, MAX_RECORDS, RecordError, RecordErrors};

/// The envelopes, and whether the document was a single one.
pub fn read_json(text: &str) -> Result<(Vec<Envelope>, bool), RecordErrors> {
    let wrong = |error: serde_json::Error| RecordErrors::from(RecordError::of_json(&error, 1));
    if text.trim_start().starts_with('[') {
        let envelopes: Vec<Envelope> = serde_json::from_str(text).map_err(wrong)?;
        if envelopes.len() > MAX_RECORDS {
            let message = format!("{} records; at most {MAX_RECORDS} at once", envelopes.len());
            return Err(RecordError::whole(message).into());
        }
        return Ok((envelopes, false));
    }
    let envelope: Envelope = serde_json::from_str(text).map_err(wrong)?;
    Ok((vec![envelope], true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        read_json(text).unwrap_err().to_string()
    }

    #[test]
    fn says_where_and_what_would_be_right() {
        let text = "{\n  \"portl\": \"x\",\n  \"record\": {}\n}";
        insta::assert_snapshot!(message(text), @r#"input:2:9: unknown field `portl`, expected one of `portal`, `flow`, `account`, `captchaId`, `record`; the record itself goes under "record""#);
        insta::assert_snapshot!(message("{}"), @r#"input:1:2: missing field `record`; the record itself goes under "record""#);
        insta::assert_snapshot!(message("{"), @"input:1:1: the JSON ends too early: EOF while parsing an object");
        insta::assert_snapshot!(message(r#"{"record": 7}"#), @r#"input:1:12: invalid type: integer `7`, expected an object such as {"firstName": "Asha"}"#);
        insta::assert_snapshot!(message(r#"[{"record":{},"captchaId":"a b"}]"#), @r#"input:1:32: caller id "a b" is not valid: expected 1 to 128 visible ASCII characters without spaces"#);
    }
}
