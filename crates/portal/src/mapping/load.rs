//! From a file to a checked mapping.

use std::{path::Path, sync::Arc};

use super::{Mapping, check::check, raw};
use crate::{
    Diagnostics,
    diagnostic::{Files, Span},
    parse::{Fault, Kind, Node, Sink, decode, read_yaml},
};

/// Reads a mapping from the text of its file; `path` is for what is said of it.
///
/// Errors of shape are all told together; what they mean is checked once the shape is right.
pub fn load(path: &Path, text: &str) -> Result<Mapping, Diagnostics> {
    let mut files = Files::default();
    let file = files.add(path, text.to_owned());
    let files = Arc::new(files);
    let sink = Sink::default();
    let mapping = read_yaml(text, file, &sink)
        .filter(|root| sink.is_empty() && is_map(root, &sink))
        .and_then(|root| {
            let raw: raw::Mapping = decode(&root, &sink)?;
            if !sink.is_empty() {
                return None;
            }
            check(&raw, &root, &files, &sink)
        });
    match mapping {
        Some(mapping) if sink.is_empty() => Ok(mapping),
        _ => Err(Diagnostics(sink.into_diagnostics(&files))),
    }
}

fn is_map(root: &Node, sink: &Sink) -> bool {
    let is_map = matches!(root.kind, Kind::Map(_));
    if !is_map {
        let message = format!("a mapping is a map, and this is {}", root.word());
        let span = Span {
            line: root.span.line.max(1),
            column: root.span.column.max(1),
            ..root.span
        };
        sink.push(Fault::new(span, message).help("start with `formhand: 1`"));
    }
    is_map
}
