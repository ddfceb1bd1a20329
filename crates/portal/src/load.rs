//! From a file to a checked portal.

use std::{
    io,
    path::{Path, PathBuf},
};

use formhand_domain::hex;
use sha2::{Digest, Sha256};
use url::Url;

use crate::{
    Diagnostics,
    check::check,
    diagnostic::{FileId, Files, Span},
    model::Portal,
    parse::{Fault, Kind, Node, Sink, decode, merge, read_yaml},
    raw,
};

/// What the configuration says about a portal, beside its definition.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Where the portal lives, if not where the definition says.
    pub base: Option<Url>,
}

/// Reads a definition and the one it extends through `read`, and checks them.
///
/// Errors of shape are all told together; what they mean is checked once the shape is right.
pub fn load(
    path: &Path,
    read: &dyn Fn(&Path) -> io::Result<String>,
    options: LoadOptions,
) -> Result<Portal, Diagnostics> {
    let mut files = Files::default();
    let sink = Sink::default();
    let portal = read_all(path, read, &mut files, &sink)
        .filter(|_| sink.is_empty())
        .and_then(|root| {
            let raw: raw::Portal = decode(&root, &sink)?;
            if !sink.is_empty() {
                return None;
            }
            check(&raw, &root, options.base, version(&files), &sink)
        });
    match portal {
        Some(portal) if sink.is_empty() => Ok(portal),
        _ => Err(Diagnostics(sink.into_diagnostics(&files))),
    }
}

/// Longer chains of extension hide what is really said.
const LONGEST_CHAIN: usize = 4;

/// Reads a file and all that it extends, merged.
fn read_all(
    path: &Path,
    read: &dyn Fn(&Path) -> io::Result<String>,
    files: &mut Files,
    sink: &Sink,
) -> Option<Node> {
    let mut layers = Vec::new();
    let mut next = Some((path.to_owned(), Span::default()));
    while let Some((path, from)) = next {
        let again = files.holds(&path);
        if again || layers.len() >= LONGEST_CHAIN {
            let message = if again {
                "the definition extends itself"
            } else {
                "the chain of extensions is too long"
            };
            sink.push(Fault::new(from, message).help("extend a definition that stands by itself"));
            return None;
        }
        let text = match read(&path) {
            Ok(text) => text,
            Err(error) => {
                sink.push(unreadable(&path, from, &error, files));
                return None;
            }
        };
        let file = files.add(&path, text);
        let node = read_yaml(files.text(file), file, sink)?;
        next = extended(&node, &path, file, sink)?;
        layers.push(node);
    }
    layers.into_iter().rev().reduce(merge)
}

/// The file that a definition extends. The outer `None` is a recorded error.
#[expect(
    clippy::option_option,
    reason = "an error and an answer of none are two things"
)]
fn extended(
    node: &Node,
    path: &Path,
    file: FileId,
    sink: &Sink,
) -> Option<Option<(PathBuf, Span)>> {
    if !matches!(node.kind, Kind::Map(_)) {
        let span = Span { file, ..node.span };
        let message = format!("a portal definition is a map, and this is {}", node.word());
        sink.push(Fault::new(span, message).help("start with `formhand: 1`"));
        return None;
    }
    let Some(extends) = node.get("extends") else {
        return Some(None);
    };
    match &extends.kind {
        Kind::Text(name) if !name.is_empty() && !name.contains(['/', '\\']) => {
            let folder = path.parent().unwrap_or(Path::new(""));
            Some(Some((folder.join(name), extends.span)))
        }
        _ => {
            let fault = Fault::new(
                extends.span,
                "expected the name of a file in the same folder",
            );
            sink.push(fault.help("such as `extends: reliance-smartzone.yaml`"));
            None
        }
    }
}

fn unreadable(path: &Path, from: Span, error: &io::Error, files: &mut Files) -> Fault {
    // The first file has nobody who names it: the error is the file's own.
    let span = if from.line == 0 {
        Span {
            file: files.add(path, String::new()),
            ..Span::default()
        }
    } else {
        from
    };
    Fault::new(span, format!("{} cannot be read: {error}", path.display()))
}

/// SHA-256 of all that was read, in hex. Lengths keep the borders between files.
fn version(files: &Files) -> String {
    let mut hash = Sha256::new();
    for text in files.texts() {
        hash.update(text.len().to_le_bytes());
        hash.update(text.as_bytes());
    }
    hex(&hash.finalize())
}
