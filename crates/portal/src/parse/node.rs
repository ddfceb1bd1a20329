//! A YAML document as a tree that knows where everything stands.

use serde_json::{Map, Number, Value};

use crate::diagnostic::Span;

/// A value and its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key and its place.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) span: Span,
    pub(crate) name: String,
}

impl Node {
    /// The entries of a map, none of anything else.
    pub(crate) fn entries(&self) -> &[(Key, Self)] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|(key, _)| key.name == name)
            .map(|(_, value)| value)
    }

    /// Where a path of keys and list positions leads, or the last part of it that exists.
    pub(crate) fn span_at<'a>(&self, path: impl Iterator<Item = &'a str>) -> Span {
        let mut node = self;
        let mut span = self.span;
        for part in path {
            let next = if let Kind::List(items) = &node.kind {
                let item = part
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| items.get(index));
                item.map(|item| (item.span, item))
            } else {
                let entry = node.entries().iter().find(|(key, _)| key.name == part);
                entry.map(|(key, value)| (key.span, value))
            };
            let Some((at, inner)) = next else {
                break;
            };
            span = at;
            node = inner;
        }
        span
    }

    /// The same as JSON.
    pub(crate) fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(number) => Value::Number(number.clone()),
            Kind::Text(text) => Value::String(text.clone()),
            Kind::List(items) => items.iter().map(Self::to_json).collect(),
            Kind::Map(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(key, value)| (key.name.clone(), value.to_json()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    /// What it is, in a person's words.
    pub(crate) fn word(&self) -> &'static str {
        match self.kind {
            Kind::Null => "nothing",
            Kind::Bool(_) => "true or false",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }
}
