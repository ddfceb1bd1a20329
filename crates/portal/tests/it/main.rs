//! The portal definitions, from outside: what a person writes, what is refused and with which words.

mod diagnostics;
mod extension;
mod fuzz;
mod guards;
mod records;
mod refusals;
mod rows;
mod schema;
mod shipped;
mod support;
mod values;
