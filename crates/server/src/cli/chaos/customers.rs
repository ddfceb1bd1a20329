//! Invented customers, as many as are asked for.

use crate::{cli::CliError, cli::Exit, records::read_table};

/// One customer whom the practice portal takes; the others differ in what names them.
const EXAMPLES: &str = include_str!("../../../../../examples/customers.csv");

/// Records as CSV.
pub(super) struct Customers {
    headers: Vec<String>,
    cells: Vec<String>,
}

impl Customers {
    pub(super) fn read() -> Result<Self, CliError> {
        let broken = |why: String| CliError::new(Exit::Internal, why);
        let table = read_table(EXAMPLES)
            .map_err(|errors| broken(errors.located("customers.csv").join("\n")))?;
        let row = table.rows.into_iter().next();
        let row = row.ok_or_else(|| broken("customers.csv has no customer".to_owned()))?;
        Ok(Self {
            headers: table.headers,
            cells: row.cells,
        })
    }

    /// The records of these customers with their header, each under the caller's id `PREFIX-NUMBER`.
    pub(super) fn records(&self, prefix: &str, numbers: &[u32]) -> String {
        let row = |number: &u32| {
            let cells = self.headers.iter().zip(&self.cells);
            let cells = cells.map(|(header, cell)| match header.as_str() {
                "chassisNumber" => chassis(*number),
                "engineNumber" => format!("CHAOSENGINE{number:06}"),
                "mobile" => format!("90{number:08}"),
                "email" => format!("asha.{number}@example.com"),
                _ => cell.clone(),
            });
            let cells: Vec<String> = cells.collect();
            format!("{prefix}-{number},{}", cells.join(","))
        };
        let header = format!("captchaId,{}", self.headers.join(","));
        let lines: Vec<String> = [header]
            .into_iter()
            .chain(numbers.iter().map(row))
            .collect();
        lines.join("\n")
    }
}

/// What the portal's ledger knows a customer by.
pub(super) fn chassis(number: u32) -> String {
    format!("CHAOSCHASSIS{number:06}")
}
