//! Every answer that a test gets from the API is compared with the API's description: its status, its media type, its
//! body and the code of its problem. Nothing may be said that is not described.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use formhand_server::http::api_document;
use futures_util::TryStreamExt as _;
use jsonschema::Validator;
use serde_json::{Value, json};

/// Looks at the answer of each request that passes.
pub(super) async fn watch(request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    let Some(asked) = asked else { return response };
    let (parts, body) = response.into_parts();
    let status = parts.status.as_u16();
    let said = asked.answer(status, &parts.headers);
    if is_stream(&parts.headers) {
        let events = body.into_data_stream();
        let events = events.inspect_ok(move |event| said.check_event(event));
        return Response::from_parts(parts, Body::from_stream(events));
    }
    let body = to_bytes(body, usize::MAX).await.expect("the body ends");
    if asked.method != "HEAD" {
        said.check(&parts.headers, &body);
    }
    Response::from_parts(parts, Body::from(body))
}

fn is_stream(headers: &HeaderMap) -> bool {
    media_type(headers).is_some_and(|kind| kind == "text/event-stream")
}

fn media_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok()
}

/// What was asked of the API.
pub(super) struct Asked {
    method: String,
    path: String,
    /// The path as it is described; nothing if there is none.
    template: Option<&'static str>,
}

impl Asked {
    /// Nothing, if it was asked of a page, or for one: people are answered otherwise.
    fn of(request: &Request) -> Option<Self> {
        let accepted = request.headers().get(header::ACCEPT);
        let wants_page = accepted.is_some_and(|kinds| {
            kinds
                .to_str()
                .is_ok_and(|kinds| kinds.contains("text/html"))
        });
        let path = request.uri().path();
        if wants_page {
            return None;
        }
        Self::at(request.method().as_str(), path)
    }

    pub(super) fn at(method: &str, path: &str) -> Option<Self> {
        let is_api = path.starts_with("/api/") || ["/livez", "/readyz", "/metrics"].contains(&path);
        is_api.then(|| Self {
            method: method.to_owned(),
            path: path.to_owned(),
            template: template(path),
        })
    }

    /// What is described of this operation; nothing if the address does not take the method.
    fn operation(&self) -> Option<&'static Value> {
        let method = if self.method == "HEAD" {
            "get"
        } else {
            &self.method
        };
        let item = &api_document()["paths"][self.template?];
        item.get(method.to_ascii_lowercase())
    }

    /// What is described of an answer.
    fn answer(&self, status: u16, headers: &HeaderMap) -> Said {
        let what = format!(
            "{} {} answers {status}",
            self.method,
            self.template.unwrap_or(&self.path)
        );
        let responses = &api_document()["components"]["responses"];
        let described = match self.operation() {
            Some(operation) => operation["responses"].get(status.to_string()),
            None if status == 405 => responses.get("MethodNotAllowed"),
            // Who asks in vain may be told before that there is nothing to ask for.
            None => {
                return Said {
                    what,
                    pointer: None,
                    codes: json!([
                        "route_not_found",
                        "unauthorized",
                        "too_many_requests",
                        "unknown_host",
                        "no_host",
                        "too_large"
                    ]),
                };
            }
        };
        let described =
            described.unwrap_or_else(|| panic!("{what}, which is not described ({headers:?})"));
        let described = match described.get("$ref").and_then(Value::as_str) {
            Some(name) => &responses[name.rsplit('/').next().unwrap_or_default()],
            None => described,
        };
        Said {
            what,
            codes: described["x-formhand-codes"].clone(),
            pointer: Some(described),
        }
    }

    /// A request that was taken is one that the description allows.
    pub(super) fn check_request(&self, headers: &[(&str, &str)], query: &str, body: &[u8]) {
        let Some(operation) = self.operation() else {
            return;
        };
        let known: Vec<&str> = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        for (name, _) in url::form_urlencoded::parse(query.as_bytes()) {
            let what = format!("{} takes {name:?}, which is not described", self.path);
            assert!(
                known.contains(&&*name) || self.template == Some("/livez"),
                "{what}"
            );
        }
        let kind = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let is_json = kind.is_none_or(|(_, kind)| kind.starts_with("application/json"));
        let contents = operation.get("requestBody").map(|body| &body["content"]);
        if let Some(contents) = contents.filter(|_| is_json && !body.is_empty()) {
            let schema = &contents["application/json"]["schema"];
            let body = serde_json::from_slice(body).expect("it was taken as JSON");
            valid(
                schema,
                &body,
                &format!("the body that {} {} takes", self.method, self.path),
            );
        }
    }
}

/// The described path that fits, the one with more words of its own before others.
fn template(path: &str) -> Option<&'static str> {
    let fits = |template: &&str| {
        let (parts, given): (Vec<&str>, Vec<&str>) =
            (template.split('/').collect(), path.split('/').collect());
        let fits = |(part, given): (&&str, &&str)| {
            part.starts_with('{') && !given.is_empty() || part == given
        };
        parts.len() == given.len() && parts.iter().zip(&given).all(fits)
    };
    let paths = api_document()["paths"].as_object().expect("paths");
    let fitting = paths.keys().map(String::as_str).filter(fits);
    fitting.min_by_key(|template| template.matches('{').count())
}

/// What is described of an answer.
struct Said {
    what: String,
    pointer: Option<&'static Value>,
    codes: Value,
}

impl Said {
    fn check(&self, headers: &HeaderMap, body: &Bytes) {
        let what = &self.what;
        let problem = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
        let contents = match self.pointer {
            Some(described) => described.get("content").cloned(),
            None => Some(problem),
        };
        let Some(contents) = contents else {
            assert!(body.is_empty(), "{what} with a body");
            return;
        };
        let kind = media_type(headers).unwrap_or_else(|| panic!("{what} without a media type"));
        let content = contents.get(kind);
        let content =
            content.unwrap_or_else(|| panic!("{what} with {kind}, which is not described"));
        if !kind.ends_with("json") {
            return;
        }
        let value: Value =
            serde_json::from_slice(body).unwrap_or_else(|error| panic!("{what}: {error}"));
        if let Some(schema) = content.get("schema") {
            valid(schema, &value, what);
        }
        if self.codes.is_array() {
            let is_described = self
                .codes
                .as_array()
                .is_some_and(|codes| codes.contains(&value["code"]));
            assert!(
                is_described,
                "{what} with the code {}, which is not described",
                value["code"]
            );
        }
    }

    /// One event of a stream.
    fn check_event(&self, event: &Bytes) {
        let text = std::str::from_utf8(event).expect("events are text");
        let line = |name: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        };
        let Some(name) = line("event") else { return };
        let stream = self
            .pointer
            .map(|described| &described["content"]["text/event-stream"]);
        let mut events = stream
            .and_then(|stream| stream["x-formhand-events"].as_array())
            .into_iter()
            .flatten();
        let described = events.find(|described| described["event"] == name);
        let described =
            described.unwrap_or_else(|| panic!("an event {name:?}, which is not described"));
        let data = serde_json::from_str(line("data").expect("data")).expect("JSON");
        valid(&described["data"], &data, &format!("an event {name:?}"));
    }
}

/// Whether a value is as its schema says, and says nothing else.
fn valid(schema: &Value, value: &Value, what: &str) {
    let validator = validator(schema);
    let wrong: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(
        wrong.is_empty(),
        "{what} with {value:#}, which is not as described:\n{}",
        wrong.join("\n")
    );
}

fn validator(schema: &Value) -> Arc<Validator> {
    static MADE: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let mut made = MADE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let validator = made.entry(schema.to_string()).or_insert_with(|| {
        let mut components = api_document()["components"].clone();
        close(&mut components["schemas"]);
        let whole = json!({"allOf": [schema], "components": components});
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&whole);
        Arc::new(validator.expect("the description has schemas"))
    });
    Arc::clone(validator)
}

/// What has fields has no others.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.values_mut().for_each(close);
            let has_fields = object.get("properties").is_some_and(Value::is_object);
            if has_fields && object.contains_key("type") {
                object
                    .entry("additionalProperties")
                    .or_insert_with(|| false.into());
            }
        }
        Value::Array(all) => all.iter_mut().for_each(close),
        _ => {}
    }
}
