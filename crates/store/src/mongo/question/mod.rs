//! Questions that wait for a person.

mod answer;
mod ask;
mod find;

pub(super) use answer::answer;
pub(super) use ask::{ask, document};
pub(super) use find::{find, open};
