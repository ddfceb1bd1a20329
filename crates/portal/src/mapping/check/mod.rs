//! From the raw types to the model: everything that a shape cannot say.
//!
//! Each file checks one thing and records what is wrong in the sink; `None` means "recorded, go on with the next".

mod account;
mod condition;
mod convert;
mod date;
mod mapping;
mod path;
mod rule;

use crate::{
    diagnostic::Span,
    parse::{Fault, Sink},
};

pub(super) use mapping::check;

/// What every check needs.
struct Checker<'a> {
    sink: &'a Sink,
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
}
