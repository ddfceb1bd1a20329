//! The description itself.

use serde_json::{Map, Value};

use super::super::{
    operation::{Content, Operation},
    parameter::query,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/openapi.json", "describeApi", "Get this description")
            .text("The same as `formhand api` prints. Make a client of it.")
            .gives::<Map<String, Value>>("OpenAPI 3.1.", "{\"openapi\": \"3.1.0\"}")
            .still(),
        Operation::get("/api/docs", "readApi", "Read this description")
            .text("A page for people.")
            .with(query::<String>(
                "q",
                "Shows only operations in which these words are.",
            ))
            .answers(
                200,
                "The page.",
                vec![Content::text("text/html; charset=utf-8", None)],
            )
            .still(),
    ]
}
