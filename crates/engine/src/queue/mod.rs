//! Claims due jobs, works on them, and takes over what dead servers left.

mod attempt;
mod clone;
mod conclude;
mod dispatcher;
mod end;
mod evidence;
mod lease;
mod outside;
mod people;
mod recover;
mod settle;
mod shop;
mod verify;

pub(crate) use dispatcher::Dispatcher;
pub(crate) use recover::recover_own;
pub(crate) use shop::{Account, Shop};
pub(crate) use verify::Verifier;
