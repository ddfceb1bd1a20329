//! The portal definitions, from outside: what a person writes, what is refused and with which words.

mod after_submit;
mod diagnostics;
mod extension;
mod fuzz;
mod guards;
mod mapping;
mod one_time_code;
mod records;
mod recovery;
mod refusals;
mod rows;
mod schema;
mod session;
mod shipped;
mod support;
mod values;
mod verify;
