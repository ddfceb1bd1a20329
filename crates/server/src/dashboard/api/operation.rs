//! One operation of the API.

use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{kind::kind, words};

/// An operation of the document, with where it is.
pub(super) struct Operation<'a> {
    pub(super) path: &'a str,
    pub(super) method: String,
    pub(super) says: &'a Value,
    /// The answers that many operations share.
    pub(super) shared: &'a Value,
}

impl Operation<'_> {
    pub(super) fn text(&self, name: &str) -> &str {
        self.says
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// Whether all of these words are in what is said of it.
    pub(super) fn has(&self, words: &[String]) -> bool {
        let all = [
            self.path,
            &self.method,
            self.text("operationId"),
            self.text("summary"),
            self.text("description"),
        ];
        let all = all.join(" ").to_lowercase();
        words.iter().all(|word| all.contains(word.as_str()))
    }

    pub(super) fn shown(&self) -> Markup {
        let id = self.text("operationId");
        html! {
            section.sheet.operation id=(id) aria-labelledby={ "of-" (id) } {
                h3 id={ "of-" (id) } { a href={ "#" (id) } { (self.text("summary")) } }
                p.call { span.badge data-tone=(self.tone()) { (self.method) } " " code { (self.path) } }
                (words::text(self.text("description")))
                (self.parameters())
                (self.body())
                (self.answers())
            }
        }
    }

    fn tone(&self) -> &'static str {
        match self.method.as_str() {
            "GET" => "works",
            "DELETE" => "bad",
            _ => "good",
        }
    }

    fn parameters(&self) -> Markup {
        let parameters = self.says.get("parameters").and_then(Value::as_array);
        html! {
            @if let Some(parameters) = parameters {
                div.wide {
                    table.cards {
                        caption { "Parameters" }
                        thead {
                            tr {
                                th scope="col" { "Name" }
                                th scope="col" { "Where" }
                                th scope="col" { "What it holds" }
                                th scope="col" { "Meaning" }
                            }
                        }
                        tbody {
                            @for parameter in parameters {
                                tr {
                                    th scope="row" { code { (field(parameter, "name")) } }
                                    td data-name="Where" { (field(parameter, "in")) }
                                    td data-name="Holds" { div { (kind(&parameter["schema"])) } }
                                    td data-name="Meaning" { div { (words::line(field(parameter, "description"))) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn body(&self) -> Markup {
        html! {
            @if let Some(body) = self.says.get("requestBody") {
                h4 { "Body" }
                p {
                    (words::line(field(body, "description")))
                    @if body["required"] != true { " It may be left out." }
                }
                (contents(&body["content"]))
            }
        }
    }

    fn answers(&self) -> Markup {
        let none = Map::new();
        let answers = self
            .says
            .get("responses")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let is_good = |status: &str| status.starts_with('2');
        html! {
            h4 { "Answers" }
            @for (status, answer) in answers.iter().filter(|(status, _)| is_good(status)) {
                p { b { (status) } ": " (words::line(field(answer, "description"))) }
                (contents(&answer["content"]))
            }
            details {
                summary { "What it may be refused for" }
                dl.facts {
                    @for (status, answer) in answers.iter().filter(|(status, _)| !is_good(status)) {
                        dt { (status) }
                        dd { (words::text(field(self.whole(answer), "description"))) }
                    }
                }
            }
        }
    }

    fn whole<'b>(&'b self, answer: &'b Value) -> &'b Value {
        let name = answer.get("$ref").and_then(Value::as_str);
        let name = name.and_then(|name| name.rsplit('/').next());
        name.map_or(answer, |name| &self.shared[name])
    }
}

/// What is in a body, for each way in which it may be written.
fn contents(contents: &Value) -> Markup {
    let none = Map::new();
    let contents = contents.as_object().unwrap_or(&none);
    html! {
        @for (media_type, content) in contents {
            p {
                code { (media_type) }
                @if let Some(schema) = content.get("schema") { ": " (kind(schema)) }
            }
            @for event in content.get("x-formhand-events").and_then(Value::as_array).into_iter().flatten() {
                p { "Event " code { (field(event, "event")) } ": " (words::line(field(event, "description"))) " Its data: " (kind(&event["data"])) "." }
            }
            @if let Some(example) = content.get("example") {
                details {
                    summary { "Example" }
                    pre { (written(example)) }
                }
            }
        }
    }
}

fn written(example: &Value) -> String {
    match example {
        Value::String(text) => text.clone(),
        value => serde_json::to_string_pretty(value).unwrap_or_default(),
    }
}

fn field<'a>(of: &'a Value, name: &str) -> &'a str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}
