//! From the raw types to the model: everything that a shape cannot say.
//!
//! Each file checks one thing and records what is wrong in the sink; `None` means "recorded, go on with the next".

mod clone;
mod condition;
mod download;
mod field;
mod flow;
mod guard;
mod locator;
mod message;
mod name;
mod nest;
mod one_time_code;
mod order;
mod place;
mod portal;
mod read;
mod readback;
mod recovery;
mod session;
mod step;
mod submit;
mod template;
mod tries;
mod upkeep;
mod verify;
mod word;

use std::collections::BTreeMap;
use std::sync::Arc;

use url::Url;

use crate::{
    diagnostic::Span,
    parse::{Fault, Many, Node, Sink, Spanned},
    raw,
    value::Language,
};

pub(crate) use portal::check;

/// Named steps.
type Blocks = BTreeMap<String, Spanned<Many<Spanned<raw::Step>>>>;

/// What every check needs.
struct Checker<'a> {
    sink: &'a Sink,
    root: &'a Node,
    language: Arc<Language>,
    blocks: &'a Blocks,
    base: Url,
    origins: Vec<String>,
    /// Whether each login ends the session before it.
    exclusive: bool,
}

impl Checker<'_> {
    /// Records an error.
    fn error<T>(
        &self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Option<T> {
        self.sink.push(Fault::new(span, message).help(help));
        None
    }

    /// The one of several keys that is there.
    fn exactly_one<T>(&self, span: Span, found: Vec<(&str, T)>, names: &[&str]) -> Option<T> {
        let list = names.join(", ");
        if found.len() > 1 {
            let given: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
            let message = format!("{} exclude each other", given.join(" and "));
            return self.error(span, message, format!("exactly one of: {list}"));
        }
        match found.into_iter().next() {
            Some((_, value)) => Some(value),
            None => self.error(
                span,
                "something is missing here",
                format!("exactly one of: {list}"),
            ),
        }
    }
}
