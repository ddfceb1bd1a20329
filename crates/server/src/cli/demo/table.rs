//! The end of the demo: jobs, and the portal's ledger beside them.

use comfy_table::{Cell, Color};
use formhand_domain::Stage;

use super::{
    customers::Customers,
    ledger::{Line, Verdict},
};
use crate::{
    cli::{Output, board::receipt_number},
    http::JobView,
};

/// A line for each customer.
pub(super) fn of(
    customers: &Customers,
    jobs: &[JobView],
    verdict: &Verdict,
    output: Output,
) -> String {
    let headings = [
        "CUSTOMER",
        "STATUS",
        "STAGE",
        "TRIES",
        "PROPOSAL",
        "TIME",
        "PORTAL'S LEDGER",
    ];
    let mut table = output.table(&headings);
    for (index, (job, line)) in jobs.iter().zip(verdict.lines()).enumerate() {
        let name = if job.label.trim().is_empty() {
            customers.chassis(index)
        } else {
            &job.label
        };
        table.add_row([
            Cell::new(name),
            output.status_cell(job.status),
            Cell::new(job.stage.map_or("-", Stage::as_str)),
            Cell::new(job.attempts),
            Cell::new(receipt_number(job).unwrap_or("-")),
            Cell::new(time(job)),
            ledger(line, output),
        ]);
    }
    table.trim_fmt()
}

fn ledger(line: &Line, output: Output) -> Cell {
    let mark = if line.agrees { "✓" } else { "✗" };
    let kept = if line.proposals.is_empty() {
        "nothing".to_owned()
    } else {
        line.proposals.join(", ")
    };
    let cell = Cell::new(format!("{mark} {kept}"));
    match (output.colour, line.agrees) {
        (false, _) => cell,
        (true, true) => cell.fg(Color::Green),
        (true, false) => cell.fg(Color::Red),
    }
}

/// From being handed in to the end.
fn time(job: &JobView) -> String {
    let Some(at) = job.finished_at else {
        return "-".to_owned();
    };
    let tenths = at.duration_since(job.created_at).as_millis() / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}
