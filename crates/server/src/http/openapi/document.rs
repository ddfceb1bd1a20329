//! The whole description: the table of routes, and what is said of each.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::{
    super::{Need, Route, router::table},
    operation::{Answer, Content, Operation, Shape},
    operations::{GROUPS, Group},
    problems,
    schemas::{SchemaOf, Schemas},
};

/// The description of the API, in OpenAPI 3.1. Made once.
pub fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| describe(&table()));
    &DOCUMENT
}

/// Of these routes, those that are described. That none of them is left out is what a test looks for.
fn describe(routes: &[Route]) -> Value {
    let mut schemas = Schemas::new();
    let mut paths = Map::new();
    let mut tags = Vec::new();
    for Group {
        name,
        text,
        operations,
    } in &GROUPS
    {
        tags.push(json!({"name": name, "description": text}));
        for operation in operations() {
            let route = routes
                .iter()
                .find(|route| route.path == operation.path && route.method == operation.method);
            let Some(route) = route else { continue };
            let item = paths.entry(operation.path).or_insert_with(|| json!({}));
            let method = operation.method.as_str().to_ascii_lowercase();
            item[method.as_str()] = one(&operation, name, route.need, &mut schemas);
        }
    }
    // Problems hold a schema that no answer asks for by its type.
    schemas
        .of_answer(schemars::SchemaGenerator::subschema_for::<super::super::problem::ProblemBody>);
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Formhand",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Files records into web portals that have no API, each of them once.",
            "description": include_str!("about.md"),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "The server that gave this description."}],
        "tags": tags,
        "paths": paths,
        "components": {
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token of `formhand token create`, or the server's own. Its role decides what it may do.",
                },
            },
            "responses": problems::shared(),
            "schemas": schemas.named(),
        },
    })
}

fn one(operation: &Operation, tag: &str, need: Need, schemas: &mut Schemas) -> Value {
    let (role, words, security) = match need {
        Need::Everyone => (
            "everyone".to_owned(),
            "Needs no token.".to_owned(),
            json!([]),
        ),
        Need::AtLeast(role) => (
            role.to_string(),
            format!("Needs the role `{role}`."),
            json!([{"bearer": []}]),
        ),
    };
    let text = format!("{}\n\n{words}", operation.text);
    let mut described = json!({
        "operationId": operation.id,
        "tags": [tag],
        "summary": operation.summary,
        "description": text.trim(),
        "security": security,
        "x-formhand-role": role,
    });
    if !operation.parameters.is_empty() {
        let parameters = operation.parameters.iter();
        described["parameters"] = parameters
            .map(|parameter| parameter.describe(schemas))
            .collect();
    }
    if let Some(body) = &operation.body {
        described["requestBody"] = json!({
            "description": body.text,
            "required": body.is_required,
            "content": contents(&body.contents, |of| schemas.of_request(of)),
        });
    }
    let mut responses = Map::new();
    for answer in &operation.answers {
        responses.insert(answer.status.to_string(), success(answer, schemas));
    }
    for (status, codes) in problems::of(operation, need) {
        responses.insert(status.to_string(), problems::answer(status, &codes));
    }
    described["responses"] = responses.into();
    described
}

fn success(answer: &Answer, schemas: &mut Schemas) -> Value {
    let mut described = json!({"description": answer.text});
    if !answer.contents.is_empty() {
        described["content"] = contents(&answer.contents, |of| schemas.of_answer(of));
    }
    for (name, text) in &answer.headers {
        described["headers"][*name] = json!({"description": text, "schema": {"type": "string"}});
    }
    described
}

fn contents(contents: &[Content], mut schema_of: impl FnMut(SchemaOf) -> Value) -> Value {
    let mut described = Map::new();
    for content in contents {
        let mut one = match &content.shape {
            Shape::One(of) => json!({"schema": schema_of(*of)}),
            Shape::OneOrMany(of) => {
                let schema = schema_of(*of);
                let list = json!({"type": "array", "items": schema, "maxItems": crate::records::MAX_RECORDS});
                json!({"schema": {"oneOf": [schema, list]}})
            }
            Shape::AnyOf(all) => {
                let all = all.iter();
                json!({"schema": {"anyOf": all.map(|of| schema_of(*of)).collect::<Value>()}})
            }
            Shape::Text => json!({"schema": {"type": "string"}}),
            // Binary data has no schema in OpenAPI 3.1.
            Shape::Bytes => json!({}),
            Shape::Events(events) => {
                let events = events.iter();
                let event = |(name, of, text): &(&str, SchemaOf, &str)| json!({"event": name, "description": text, "data": schema_of(*of)});
                json!({"schema": {"type": "string"}, "x-formhand-events": events.map(event).collect::<Value>()})
            }
        };
        if let Some(example) = content.example {
            // What is no JSON is shown as the text that it is.
            one["example"] = serde_json::from_str(example).unwrap_or_else(|_| example.into());
        }
        described.insert(content.media_type.to_owned(), one);
    }
    described.into()
}
