//! CSV: a header line with the record's field names, then one record a line.
//!
//! The cells stay text here; only the flow's rules know which of them is a number.

use formhand_domain::CallerId;

use super::{MAX_RECORDS, RecordError, RecordErrors, error::MOST};

/// The column that is no field of the record: the caller's own id.
const CALLER_ID: &str = "captchaId";

/// A table.
#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    /// The record's fields.
    pub headers: Vec<String>,
    /// Its lines.
    pub rows: Vec<TableRow>,
}

/// One line of it.
#[derive(Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The line of the file, counted from 1.
    pub line: u64,
    /// The caller's own id.
    pub caller_id: Option<CallerId>,
    /// The cells, one for each header.
    pub cells: Vec<String>,
}

/// Reads a table. Every line must have as many cells as the header.
pub fn read_table(text: &str) -> Result<Table, RecordErrors> {
    // A byte order mark comes from spreadsheets and belongs to no name.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut headers: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(ToOwned::to_owned).collect(),
        Err(error) => return Err(wrong(&error).into()),
    };
    check_headers(&headers)?;
    let id_column = headers.iter().position(|name| name == CALLER_ID);
    if let Some(column) = id_column {
        headers.remove(column);
    }
    let mut rows = Vec::new();
    let mut errors = Vec::new();
    for record in reader.records() {
        match record
            .map_err(|error| wrong(&error))
            .and_then(|row| read_row(&row, id_column))
        {
            Ok(row) => rows.push(row),
            Err(error) => errors.push(error),
        }
        if errors.len() == MOST {
            break;
        }
    }
    if rows.len() > MAX_RECORDS {
        errors.push(RecordError::whole(format!(
            "{} records; at most {MAX_RECORDS} at once",
            rows.len()
        )));
    }
    if errors.is_empty() && rows.is_empty() {
        errors.push(RecordError::whole(
            "there is no record below the header line",
        ));
    }
    if errors.is_empty() {
        Ok(Table { headers, rows })
    } else {
        Err(RecordErrors(errors))
    }
}

fn check_headers(headers: &[String]) -> Result<(), RecordErrors> {
    if headers.is_empty() {
        let message = "it is empty: expected a header line with the record's field names";
        return Err(RecordError::whole(message).into());
    }
    for (index, name) in headers.iter().enumerate() {
        if name.is_empty() {
            let message = format!("column {} has no name", index + 1);
            return Err(RecordError::at_line(1, message).into());
        }
        if headers[..index].contains(name) {
            return Err(RecordError::at_line(1, format!("column {name:?} is there twice")).into());
        }
    }
    Ok(())
}

fn read_row(row: &csv::StringRecord, id_column: Option<usize>) -> Result<TableRow, RecordError> {
    let line = row.position().map_or(0, csv::Position::line);
    let mut cells: Vec<String> = row.iter().map(ToOwned::to_owned).collect();
    let caller_id = id_column
        .map(|column| cells.remove(column))
        .filter(|text| !text.is_empty())
        .map(|text| {
            CallerId::new(text).map_err(|error| RecordError::at_line(line, error.to_string()))
        })
        .transpose()?;
    Ok(TableRow {
        line,
        caller_id,
        cells,
    })
}

fn wrong(error: &csv::Error) -> RecordError {
    let line = error.position().map(csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            let cells = if *len == 1 { "cell" } else { "cells" };
            format!("{len} {cells} where the header has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "not UTF-8 text".to_owned(),
        _ => "cannot be read as CSV".to_owned(),
    };
    RecordError {
        line,
        column: None,
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> String {
        read_table(text)
            .err()
            .map(|errors| errors.located("in.csv").join("\n"))
            .unwrap_or_default()
    }

    #[test]
    fn the_callers_id_is_no_field() {
        let table =
            read_table("\u{feff}captchaId,firstName, idv\nA-1,Asha,61000\n,Ravi,\n").unwrap();
        assert_eq!(table.headers, ["firstName", "idv"]);
        assert_eq!(
            table.rows[0].caller_id.as_ref().map(CallerId::as_str),
            Some("A-1")
        );
        assert_eq!(table.rows[1].caller_id, None);
        assert_eq!(
            (table.rows[1].line, table.rows[1].cells.clone()),
            (3, vec!["Ravi".into(), String::new()])
        );
    }

    #[test]
    fn every_bad_line_is_named() {
        insta::assert_snapshot!(mistakes("captchaId,a\nx y,1\nA,1,2\nB\n"), @r#"
        in.csv:2: caller id "x y" is not valid: expected 1 to 128 visible ASCII characters without spaces
        in.csv:3: 3 cells where the header has 2
        in.csv:4: 1 cell where the header has 2
        "#);
        insta::assert_snapshot!(mistakes("a,a\n1,2\n"), @r#"in.csv:1: column "a" is there twice"#);
        insta::assert_snapshot!(mistakes("a,,b\n"), @"in.csv:1: column 2 has no name");
        insta::assert_snapshot!(mistakes(""), @"in.csv: it is empty: expected a header line with the record's field names");
        insta::assert_snapshot!(mistakes("a,b\n"), @"in.csv: there is no record below the header line");
    }
}
