//! From YAML text to the raw types: reading, extending, decoding. It knows shapes and places, never meaning.

mod access;
mod decode;
mod fault;
mod lenient;
mod merge;
mod node;
mod spanned;
mod yaml;

pub(crate) use decode::decode;
pub(crate) use fault::{Fault, Sink};
pub(crate) use lenient::{Lenient, Many, Table};
pub(crate) use merge::merge;
pub(crate) use node::{Kind, Node};
pub(crate) use spanned::Spanned;
pub(crate) use yaml::read_yaml;
