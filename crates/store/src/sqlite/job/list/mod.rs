//! A page of jobs: which index is read for a filter ([`way`]), reading it ([`walk`], [`search`]), and the page of that.

mod page;
mod search;
mod sql;
mod walk;
mod way;

pub(in super::super) use page::list;
