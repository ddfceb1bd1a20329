//! The twelve invented customers.

use std::{fs, path::Path};

use crate::{
    cli::{CliError, Exit},
    records::{Table, read_table},
};

/// Where they are when the demo runs in a checkout.
const FILE: &str = "examples/customers.csv";

/// The same, for a binary that stands alone.
const EMBEDDED: &str = include_str!("../../../../../examples/customers.csv");

/// The column that the portal's ledger knows a customer by.
const CHASSIS: &str = "chassisNumber";

/// The customers.
pub(super) struct Customers {
    /// Where they come from.
    pub(super) origin: &'static str,
    /// The file's text, as it is submitted.
    pub(super) text: String,
    table: Table,
    chassis: usize,
}

impl Customers {
    /// The file of this folder, or the embedded one.
    pub(super) fn read() -> Result<Self, CliError> {
        match fs::read_to_string(Path::new(FILE)) {
            Ok(text) => Self::parse(text, FILE),
            Err(_) => Self::parse(EMBEDDED.to_owned(), "the embedded customers.csv"),
        }
    }

    fn parse(text: String, origin: &'static str) -> Result<Self, CliError> {
        let table = read_table(&text)
            .map_err(|errors| CliError::new(Exit::BadInput, errors.located(origin).join("\n")))?;
        let chassis = table
            .headers
            .iter()
            .position(|name| name == CHASSIS)
            .ok_or_else(|| {
                CliError::new(
                    Exit::BadInput,
                    format!("{origin}:1: there is no column {CHASSIS}"),
                )
            })?;
        Ok(Self {
            origin,
            text,
            table,
            chassis,
        })
    }

    /// How many.
    pub(super) fn count(&self) -> usize {
        self.table.rows.len()
    }

    /// The chassis number of the customer on this line, counted from 0.
    pub(super) fn chassis(&self, index: usize) -> &str {
        self.table
            .rows
            .get(index)
            .map(|row| row.cells[self.chassis].as_str())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_twelve() {
        let customers = Customers::parse(EMBEDDED.to_owned(), "embedded").unwrap();
        assert_eq!(customers.count(), 12);
    }
}
