//! JSON Lines: one envelope a line; empty lines are skipped.

use super::{Envelope, MAX_RECORDS, RecordError, RecordErrors, error::MOST};

/// The envelopes with their lines.
pub fn read_lines(text: &str) -> Result<Vec<(u64, Envelope)>, RecordErrors> {
    let mut envelopes = Vec::new();
    let mut errors = Vec::new();
    for (line, text) in (1..)
        .zip(text.lines())
        .filter(|(_, text)| !text.trim().is_empty())
    {
        match serde_json::from_str(text) {
            Ok(envelope) => envelopes.push((line, envelope)),
            Err(error) => errors.push(RecordError::of_json(&error, line)),
        }
        if errors.len() == MOST {
            break;
        }
    }
    if envelopes.len() > MAX_RECORDS {
        let message = format!("{} records; at most {MAX_RECORDS} at once", envelopes.len());
        errors.push(RecordError::whole(message));
    }
    if errors.is_empty() && envelopes.is_empty() {
        errors.push(RecordError::whole("there is no record in it"));
    }
    if errors.is_empty() {
        Ok(envelopes)
    } else {
        Err(RecordErrors(errors))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_line_is_named() {
        let text = "{\"record\":{}}\n\n{\"record\":\n{\"recrd\":{}}\n";
        insta::assert_snapshot!(read_lines(text).unwrap_err().located("in.jsonl").join("\n"), @r#"
        in.jsonl:3:10: the JSON ends too early: EOF while parsing a value
        in.jsonl:4:8: unknown field `recrd`, expected one of `portal`, `flow`, `account`, `captchaId`, `record`; the record itself goes under "record"
        "#);
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let lines: Vec<u64> = read_lines("\n{\"record\":{}}\r\n\n{\"record\":{}}")
            .unwrap()
            .iter()
            .map(|r| r.0)
            .collect();
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn an_empty_input_is_a_mistake() {
        assert!(read_lines("\n\n").is_err());
    }
}
