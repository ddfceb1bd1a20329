//! `GET /api/docs`: the description of the API, for people. Made of the same document that programs get.

mod fields;
mod kind;
mod operation;
mod page;
mod words;

pub(super) use page::show;
