//! All rows of a database, by whose they are.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use rusqlite::{Connection, Result, types::Value};

/// The rows of each portal, in a fixed order. Each caller of the workload has a portal of its own.
pub(super) type Rows = BTreeMap<String, Vec<String>>;

/// A longer value is shown by its length and its hash.
const LONGEST: usize = 400;

/// What the index of words has of a job yet depends on what all callers do.
const NOT_OF_A_CALLER: [&str; 2] = ["dirty", "was"];

/// Reads one snapshot. A table whose rows cannot be told apart by portal, or by a job that has one, must be empty:
/// nothing would be checked of it.
pub(super) fn read(conn: &Connection) -> Result<Rows> {
    let snapshot = conn.unchecked_transaction()?;
    let portals = portals_of_jobs(&snapshot)?;
    let links = portals_of_links(&snapshot)?;
    let mut rows = Rows::new();
    for table in tables(&snapshot)? {
        let mut statement = snapshot.prepare(&format!("SELECT * FROM {table}"))?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let mut values = HashMap::new();
            let mut text = table.clone();
            for (index, column) in columns.iter().enumerate() {
                if NOT_OF_A_CALLER.contains(&column.as_str()) {
                    continue;
                }
                let value = shown(row.get(index)?);
                text = format!("{text} {column}={value}");
                values.insert(column.as_str(), value);
            }
            let portal = values
                .remove("portal")
                .or_else(|| portals.get(values.get("job")?).cloned())
                .or_else(|| links.get(values.get("seq")?).cloned())
                .unwrap_or_else(|| panic!("rows.rs does not know whose this is: {text}"));
            rows.entry(portal).or_default().push(text);
        }
    }
    for rows in rows.values_mut() {
        rows.sort();
    }
    Ok(rows)
}

/// What SQLite itself finds wrong: pages, indexes, constraints and references.
pub(super) fn complaints(conn: &Connection) -> Result<Vec<String>> {
    let mut check = conn.prepare("PRAGMA integrity_check")?;
    let mut said: Vec<String> = check
        .query_map([], |row| row.get(0))?
        .collect::<Result<_>>()?;
    said.retain(|line| line != "ok");
    let mut check = conn.prepare("SELECT * FROM pragma_foreign_key_check")?;
    let broken = check.query_map([], |row| row.get::<_, String>(0))?;
    for table in broken {
        said.push(format!("a row of {} refers to nothing", table?));
    }
    Ok(said)
}

fn tables(conn: &Connection) -> Result<Vec<String>> {
    // The index of words is made of nothing but the words themselves, in pages of its own.
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND name NOT LIKE 'job\\_search%' ESCAPE '\\'";
    let mut statement = conn.prepare(sql)?;
    statement.query_map([], |row| row.get(0))?.collect()
}

fn portals_of_jobs(conn: &Connection) -> Result<HashMap<String, String>> {
    let mut statement = conn.prepare("SELECT id, portal FROM jobs")?;
    let portals = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    portals.collect()
}

fn portals_of_links(conn: &Connection) -> Result<HashMap<String, String>> {
    let all = "SELECT CAST(seq AS TEXT), portal FROM audit JOIN jobs ON jobs.id = audit.job";
    let mut statement = conn.prepare(all)?;
    let portals = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    portals.collect()
}

fn shown(value: Value) -> String {
    let text = match value {
        Value::Null => "-".into(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text,
        Value::Blob(bytes) => blob(&bytes),
    };
    if text.len() <= LONGEST {
        return text;
    }
    let mut hash = DefaultHasher::new();
    text.hash(&mut hash);
    format!("({} bytes, hash {:x})", text.len(), hash.finish())
}

/// The workload's pictures are large, and of one byte each.
fn blob(bytes: &[u8]) -> String {
    match bytes.first() {
        Some(first) if bytes == [*first].repeat(bytes.len()) => {
            format!("{} times {first}", bytes.len())
        }
        _ => format!("{bytes:02x?}"),
    }
}
