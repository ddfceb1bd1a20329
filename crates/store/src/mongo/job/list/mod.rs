//! A page of jobs: which index is read for a filter ([`way`]), and the page of that.

mod filter;
mod page;
mod way;

pub(in super::super) use page::list;
