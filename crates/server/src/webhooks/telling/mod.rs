//! Making messages of what happened.

mod job;
mod message;
mod question;
mod read;

pub(super) use message::test_body;
pub(super) use question::of_question;
pub(super) use read::happened;
