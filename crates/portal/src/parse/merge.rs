//! A definition that extends another holds only what differs.

use super::{Kind, Node};

/// `extension` over `base`: a top-level key replaces the base's, only `session` is merged key by key.
pub(crate) fn merge(base: Node, extension: Node) -> Node {
    overlay(base, extension, |name| name == "session")
}

fn overlay(base: Node, extension: Node, deeper: fn(&str) -> bool) -> Node {
    let span = extension.span;
    let (Kind::Map(mut kept), Kind::Map(entries)) = (base.kind, extension.kind) else {
        return Node {
            span,
            kind: Kind::Null,
        };
    };
    for (key, value) in entries {
        match kept.iter().position(|(known, _)| known.name == key.name) {
            Some(index) if deeper(&key.name) && both_maps(&kept[index].1, &value) => {
                let (_, old) = kept.swap_remove(index);
                kept.push((key, overlay(old, value, |_| false)));
            }
            Some(index) => kept[index] = (key, value),
            None => kept.push((key, value)),
        }
    }
    Node {
        span,
        kind: Kind::Map(kept),
    }
}

fn both_maps(a: &Node, b: &Node) -> bool {
    matches!((&a.kind, &b.kind), (Kind::Map(_), Kind::Map(_)))
}
