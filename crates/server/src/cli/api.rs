//! `formhand api`

use super::{Exit, Output};
use crate::http::api_document;

/// Prints the description of the API, the same as a server gives at `/api/openapi.json`.
pub(super) fn run(output: Output) -> Exit {
    output.json(api_document());
    Exit::Done
}
