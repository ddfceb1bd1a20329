//! Jobs as a table.

use comfy_table::{Cell, Table};
use formhand_domain::Stage;

use crate::{cli::Output, http::JobView};

/// A line for each job.
pub(in crate::cli) fn job_table<'a>(
    jobs: impl Iterator<Item = &'a JobView>,
    output: Output,
) -> Table {
    let headings = [
        "ID",
        "CAPTCHA ID",
        "LABEL",
        "STATUS",
        "STAGE",
        "ATTEMPTS",
        "RECEIPT",
        "FAILURE",
        "CREATED",
    ];
    let mut table = output.table(&headings);
    for job in jobs {
        let receipt = crate::cli::board::receipt_number(job).unwrap_or_default();
        // A job without an id of the caller's is known by its own; twice the same says nothing.
        let own_id = job.captcha_id.as_str() == job.id.to_string();
        let failure = match (&job.failure, job.retry_at) {
            (Some(failure), Some(at)) => format!("{}, again at {at:.0}", failure.code),
            (Some(failure), None) => failure.code.to_string(),
            (None, _) => String::new(),
        };
        table.add_row([
            Cell::new(job.id),
            Cell::new(if own_id { "" } else { job.captcha_id.as_str() }),
            Cell::new(&job.label),
            output.status_cell(job.status),
            Cell::new(job.stage.map(Stage::as_str).unwrap_or_default()),
            Cell::new(job.attempts),
            Cell::new(receipt),
            Cell::new(failure),
            Cell::new(format!("{:.0}", job.created_at)),
        ]);
    }
    table
}
