//! What is written where.

use std::io::{self, IsTerminal as _, Write as _};

use comfy_table::{
    Attribute, Cell, Color, ContentArrangement, LineStyle, Table, TableStyle, presets,
};
use formhand_domain::Status;
use serde::Serialize;

/// One line under the headings is enough to read by.
const RULED: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// How this command writes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    /// Whether data is written as JSON.
    pub(crate) json: bool,
    /// Whether standard output is read by a person at a terminal that shows colours.
    pub(crate) colour: bool,
    /// Whether standard error is a terminal, so that progress can move.
    pub(crate) live: bool,
}

impl Output {
    /// As the terminal and the environment allow.
    pub(crate) fn new(json: bool) -> Self {
        Self {
            json,
            colour: io::stdout().is_terminal() && wants_colour(),
            live: io::stderr().is_terminal() && !is_dumb(),
        }
    }

    /// A line of data.
    #[expect(clippy::unused_self, reason = "what is written belongs to an output")]
    pub(crate) fn line(self, text: &str) {
        // Whoever closed the pipe wants no more of it.
        let _ = writeln!(io::stdout().lock(), "{text}");
    }

    /// Data as JSON.
    pub(crate) fn json(self, value: &impl Serialize) {
        match serde_json::to_string_pretty(value) {
            Ok(text) => self.line(&text),
            Err(error) => self.say(&format!("the answer cannot be shown as JSON: {error}")),
        }
    }

    /// Data as one line of JSON.
    pub(crate) fn json_line(self, value: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(value) {
            self.line(&text);
        }
    }

    /// Talk.
    #[expect(clippy::unused_self, reason = "what is written belongs to an output")]
    pub(crate) fn say(self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// An empty table with these headings: ruled for a person, plain for a program.
    pub(crate) fn table(self, headings: &[&str]) -> Table {
        let mut table = Table::new();
        table.load_style(if self.colour { RULED } else { presets::NOTHING });
        if io::stdout().is_terminal() {
            table.set_content_arrangement(ContentArrangement::Dynamic);
        }
        table.set_header(headings.iter().map(|heading| {
            let cell = Cell::new(heading);
            if self.colour {
                cell.add_attribute(Attribute::Bold)
            } else {
                cell
            }
        }));
        table
    }

    /// A cell in the colour of a status.
    pub(crate) fn status_cell(self, status: Status) -> Cell {
        let cell = Cell::new(status);
        if !self.colour {
            return cell;
        }
        cell.fg(match status {
            Status::Completed => Color::Green,
            Status::CompletedWithErrors | Status::NeedsReview | Status::OnHold => Color::Yellow,
            Status::Pending | Status::Processing => Color::Cyan,
            Status::Cancelled => Color::DarkGrey,
            _ => Color::Red,
        })
    }
}

/// Whether errors may be coloured.
pub(super) fn stderr_colour() -> bool {
    io::stderr().is_terminal() && wants_colour()
}

fn wants_colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refused && !is_dumb()
}

fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}
