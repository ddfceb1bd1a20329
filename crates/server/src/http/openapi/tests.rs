//! The description against the table of routes and the types.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    super::{Need, Route, router::table},
    document,
    operation::{Operation, Shape},
    operations::GROUPS,
    problems::{self, CODES},
    schemas::Schemas,
};

fn operations() -> Vec<Operation> {
    GROUPS
        .iter()
        .flat_map(|group| (group.operations)())
        .collect()
}

/// Routes for programs. The others are pages and what belongs to them.
fn of_programs(route: &Route) -> bool {
    let probes = ["/livez", "/readyz", "/metrics"];
    route.path.starts_with("/api/") || probes.contains(&route.path)
}

#[test]
fn every_route_of_the_api_is_described_and_nothing_else() {
    let routes = table().into_iter().filter(of_programs);
    let routes: BTreeSet<String> = routes
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let described = operations().into_iter();
    let described: Vec<String> = described
        .map(|operation| format!("{} {}", operation.method, operation.path))
        .collect();
    let unique: BTreeSet<String> = described.iter().cloned().collect();
    assert_eq!(unique.len(), described.len(), "none is described twice");
    assert_eq!(
        routes.difference(&unique).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "routes without a description: add them in http/openapi/operations"
    );
    assert_eq!(
        unique.difference(&routes).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "descriptions without a route"
    );
}

#[test]
fn an_operation_says_the_role_that_its_route_needs() {
    for route in table().into_iter().filter(of_programs) {
        let method = route.method.as_str().to_ascii_lowercase();
        let operation = &document()["paths"][route.path][method];
        let (role, is_open) = match route.need {
            Need::Everyone => ("everyone".to_owned(), true),
            Need::AtLeast(role) => (role.to_string(), false),
        };
        assert_eq!(operation["x-formhand-role"], role, "{}", route.path);
        assert_eq!(
            operation["security"] == json!([]),
            is_open,
            "{}",
            route.path
        );
        assert_eq!(
            operation["responses"].get("401").is_none(),
            is_open,
            "{}",
            route.path
        );
    }
}

#[test]
fn what_differs_in_a_path_is_a_parameter() {
    for (path, item) in document()["paths"].as_object().unwrap() {
        let parts = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let parts: Vec<&str> = parts.collect();
        for operation in item.as_object().unwrap().values() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let of_path = parameters.filter(|parameter| parameter["in"] == "path");
            let names: Vec<&str> = of_path
                .map(|parameter| parameter["name"].as_str().unwrap())
                .collect();
            assert_eq!(names, parts, "{path}");
        }
    }
}

#[test]
fn every_example_is_as_its_schema_says() {
    let mut count = 0;
    for (path, item) in document()["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            let answers = operation["responses"].as_object().unwrap().values();
            let bodies = answers.chain(operation.get("requestBody"));
            let contents = bodies
                .filter_map(|body| body.get("content")?.as_object())
                .flatten();
            for (media_type, content) in contents {
                let (Some(schema), Some(example)) = (content.get("schema"), content.get("example"))
                else {
                    continue;
                };
                count += 1;
                assert_valid(schema, example, &format!("{path}, {media_type}"));
            }
        }
    }
    assert!(count > 100, "{count} examples");
}

fn assert_valid(schema: &Value, example: &Value, what: &str) {
    let whole = json!({"allOf": [schema], "components": document()["components"]});
    let validator = jsonschema::draft202012::new(&whole).unwrap();
    let wrong: Vec<String> = validator
        .iter_errors(example)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(wrong, Vec::<String>::new(), "{what}");
}

#[test]
fn one_name_is_one_schema_whether_it_is_read_or_written() {
    let mut schemas = Schemas::new();
    for operation in operations() {
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            if let Shape::One(of) | Shape::OneOrMany(of) = content.shape {
                schemas.of_request(of);
            }
        }
        for content in operation.answers.iter().flat_map(|answer| &answer.contents) {
            if let Shape::One(of) = content.shape {
                schemas.of_answer(of);
            }
        }
    }
    assert_eq!(schemas.at_odds(), Vec::<String>::new());
}

#[test]
fn every_code_has_a_meaning_and_is_used() {
    let mut used: BTreeSet<&str> = operations()
        .iter()
        .flat_map(|operation| problems::of(operation, crate::access::Role::Admin.into()))
        .flat_map(|(_, codes)| codes)
        .collect();
    // No operation is asked for these.
    used.extend(["method_not_allowed", "route_not_found"]);
    let known: Vec<&str> = CODES.iter().map(|(code, _)| *code).collect();
    assert!(known.is_sorted());
    assert_eq!(used.into_iter().collect::<Vec<_>>(), known);
}

#[test]
fn every_schema_and_every_field_has_words() {
    let mut wordless = Vec::new();
    let is_wordless = |schema: &Value| schema.get("description").is_none();
    for (name, schema) in document()["components"]["schemas"].as_object().unwrap() {
        wordless.extend(is_wordless(schema).then(|| name.clone()));
        let fields = schema.get("properties").and_then(Value::as_object);
        let fields = fields
            .into_iter()
            .flatten()
            .filter(|(_, field)| is_wordless(field));
        wordless.extend(fields.map(|(field, _)| format!("{name}.{field}")));
    }
    assert_eq!(
        wordless,
        Vec::<String>::new(),
        "say what they mean, where they are defined"
    );
}

#[test]
fn every_operation_has_a_name_and_words_of_its_own() {
    let operations = operations();
    let ids: BTreeSet<&str> = operations.iter().map(|operation| operation.id).collect();
    assert_eq!(ids.len(), operations.len());
    for operation in &operations {
        assert!(!operation.summary.ends_with('.'), "{}", operation.id);
        assert!(!operation.answers.is_empty(), "{}", operation.id);
    }
}
