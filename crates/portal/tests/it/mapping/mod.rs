//! Mappings, from outside: what a document becomes, what is refused and with which words.

mod against;
mod dates;
mod fields;
mod file;
mod fuzz;
mod groups;
mod identity;
mod numbers;
mod reads;
mod shipped;
mod support;
mod when;
