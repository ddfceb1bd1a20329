//! The page: what may be searched, a table of contents, the operations, the schemas.

use axum::extract::State;
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{
    super::{
        frame::{Frame, Part},
        problem::Page,
        visitor::Visitor,
    },
    fields,
    operation::Operation,
    words,
};
use crate::http::{ApiState, Query, api_document};

/// Longer than anything that is looked for.
const LONGEST: usize = 200;

/// The description, or those operations in which all words of `q` are.
pub(in crate::dashboard) async fn show(
    State(_): State<ApiState>,
    visitor: Visitor,
    query: Query,
) -> Page {
    let query = query.only(&["q"])?.without_empty();
    let asked: String = query
        .one("q")?
        .unwrap_or_default()
        .chars()
        .take(LONGEST)
        .collect();
    let frame = Frame {
        title: "API",
        part: Part::Api,
        visitor: &visitor,
        done: None,
    };
    Ok(frame.around(&content(api_document(), &asked)))
}

fn content(document: &Value, asked: &str) -> Markup {
    let wanted: Vec<String> = asked.split_whitespace().map(str::to_lowercase).collect();
    let found: Vec<Operation<'_>> = operations(document)
        .filter(|operation| operation.has(&wanted))
        .collect();
    let groups: Vec<&Value> = document["tags"].as_array().into_iter().flatten().collect();
    let of = |group: &Value| {
        found
            .iter()
            .filter(|operation| operation.says["tags"][0] == group["name"])
            .collect::<Vec<_>>()
    };
    html! {
        section.sheet aria-label="Filter" {
            form.filter method="get" action="/api/docs" role="search" {
                div {
                    label for="q" { "Words of an operation" }
                    input #q type="search" name="q" value=(asked) maxlength=(LONGEST);
                }
                button.first type="submit" { "Show" }
                @if !wanted.is_empty() { a.button href="/api/docs" { "All" } }
            }
        }
        section.sheet aria-label="About" {
            p { "This is version " (text(&document["info"], "version")) ". For programs: " a href="/api/openapi.json" { "openapi.json" } ", or " code { "formhand api" } "." }
            @if wanted.is_empty() { (words::text(text(&document["info"], "description"))) }
            @if found.is_empty() { p role="status" { "No operation has all of these words." } }
        }
        (contents(&groups, of))
        @for group in &groups {
            @let operations = of(group);
            @if !operations.is_empty() {
                h2 id=(anchor(group)) { (text(group, "name")) }
                p.quiet { (text(group, "description")) }
                @for operation in operations { (operation.shown()) }
            }
        }
        @if wanted.is_empty() { (schemas(document)) }
    }
}

fn contents<'a>(groups: &[&'a Value], of: impl Fn(&'a Value) -> Vec<&'a Operation<'a>>) -> Markup {
    html! {
        nav.sheet.contents aria-label="Operations" {
            @for group in groups {
                @let operations = of(group);
                @if !operations.is_empty() {
                    div {
                        p { a href={ "#" (anchor(group)) } { b { (text(group, "name")) } } }
                        ul {
                            @for operation in operations {
                                li { a href={ "#" (operation.text("operationId")) } { (operation.text("summary")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn schemas(document: &Value) -> Markup {
    let none = Map::new();
    let named = document["components"]["schemas"]
        .as_object()
        .unwrap_or(&none);
    html! {
        h2 id="schemas" { "Schemas" }
        @for (name, schema) in named { (fields::schema(name, schema)) }
    }
}

fn operations(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(|(method, says)| Operation {
            path,
            method: method.to_uppercase(),
            says,
            shared: &document["components"]["responses"],
        })
    })
}

/// Where a group begins.
fn anchor(group: &Value) -> String {
    format!(
        "group-{}",
        text(group, "name").to_lowercase().replace(' ', "-")
    )
}

fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}
