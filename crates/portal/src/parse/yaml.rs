//! The one place that knows the YAML library.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};
use serde_json::Number;
use serde_saphyr::{
    DuplicateKeyPolicy, MergeKeyPolicy, MessageFormatter, Spanned, UserMessageFormatter,
};

use super::{Fault, Kind, Node, Sink, node::Key};
use crate::diagnostic::{FileId, Span};

/// Nobody writes deeper by hand (the longest flow that we have is 14 deep), and at 64 a thread's usual stack is full.
const DEEPEST: usize = 32;

/// A definition is written by hand; none that we know has a tenth of this.
const LARGEST_BYTES: usize = 1 << 20;
/// What aliases may add up to.
const MOST_NODES: usize = 50_000;

/// Reads one document. Duplicate keys are recorded, and the first one stands.
pub(crate) fn read_yaml(text: &str, file: FileId, sink: &Sink) -> Option<Node> {
    if let Some(fault) = oversize(text, file) {
        sink.push(fault);
        return None;
    }
    let mut budget = serde_saphyr::Budget::default();
    budget.max_depth = DEEPEST;
    budget.max_nodes = MOST_NODES;
    budget.max_events = 2 * MOST_NODES;
    let mut alias_limits = serde_saphyr::options::AliasLimits::default();
    alias_limits.max_total_replayed_events = MOST_NODES;
    let options = serde_saphyr::options! {
        budget: Some(budget),
        alias_limits: alias_limits,
        // Reported by us, with both places.
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::Error,
        // `no` is a word; only `true` and `false` are booleans.
        strict_booleans: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    match serde_saphyr::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(raw) => Some(place(raw, file, sink)),
        Err(error) => {
            let span = error
                .location()
                .map_or_else(Span::default, |at| span(file, at));
            let message = UserMessageFormatter
                .format_message(error.without_snippet())
                .into_owned();
            sink.push(Fault::new(
                Span { file, ..span },
                format!("is not valid YAML: {message}"),
            ));
            None
        }
    }
}

/// Farther to the right stands nothing that a person wrote.
const WIDEST_INDENT: usize = 128;

/// What the library itself cannot take: it calls itself for every level of a block, whatever the budget says.
fn oversize(text: &str, file: FileId) -> Option<Fault> {
    let at = |line: usize| Span {
        file,
        line: u32::try_from(line + 1).unwrap_or(u32::MAX),
        column: 1,
    };
    if text.len() > LARGEST_BYTES {
        let fault = Fault::new(
            at(0),
            format!("the file is larger than {LARGEST_BYTES} bytes"),
        );
        return Some(fault.help("split the portal into several definitions"));
    }
    let nested = |line: &str| {
        let signs = line
            .split_whitespace()
            .take_while(|word| matches!(*word, "-" | "?" | ":"));
        signs.count()
    };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let deep = |line: &str| {
        let blank = line.trim_start().is_empty();
        nested(line) > DEEPEST || (!blank && indent(line) > WIDEST_INDENT)
    };
    let line = text.lines().position(deep)?;
    Some(Fault::new(at(line), "is nested too deeply").help(format!(
        "{DEEPEST} levels and {WIDEST_INDENT} columns are the most"
    )))
}

fn place(raw: Spanned<Raw>, file: FileId, sink: &Sink) -> Node {
    let kind = match raw.value {
        Raw::Null => Kind::Null,
        Raw::Bool(value) => Kind::Bool(value),
        Raw::Number(number) => Kind::Number(number),
        Raw::Text(text) => Kind::Text(text),
        Raw::List(items) => Kind::List(
            items
                .into_iter()
                .map(|item| place(item, file, sink))
                .collect(),
        ),
        Raw::Map(entries) => {
            let mut kept: Vec<(Key, Node)> = Vec::with_capacity(entries.len());
            for (key, value) in entries {
                let value = place(value, file, sink);
                let key = Key {
                    span: span(file, key.referenced),
                    name: key.value,
                };
                match kept.iter().find(|(first, _)| first.name == key.name) {
                    Some((first, _)) => sink.push(
                        Fault::new(
                            key.span,
                            format!("`{}` stands here a second time", key.name),
                        )
                        .help(format!("the first one is on line {}", first.span.line)),
                    ),
                    None => kept.push((key, value)),
                }
            }
            Kind::Map(kept)
        }
    };
    Node {
        span: span(file, raw.referenced),
        kind,
    }
}

fn span(file: FileId, at: serde_saphyr::Location) -> Span {
    let clip = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Span {
        file,
        line: clip(at.line()),
        column: clip(at.column()),
    }
}

/// A value as the library gives it.
enum Raw {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Spanned<Self>>),
    Map(Vec<(Spanned<String>, Spanned<Self>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Raw, E> {
        Number::from_f64(value)
            .map(Raw::Number)
            .ok_or_else(|| E::custom("a number must be finite"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}
