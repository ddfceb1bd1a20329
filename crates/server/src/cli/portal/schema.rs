//! `formhand portal schema`

use crate::cli::{Exit, Output};

/// Prints the JSON Schema of definitions.
pub(super) fn run(output: Output) -> Exit {
    output.json(&formhand_portal::json_schema());
    Exit::Done
}
