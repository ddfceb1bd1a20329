//! A real server: what can be done to it, and that nothing of it is left.

#![expect(
    clippy::unwrap_used,
    reason = "these are tests, also where a helper of theirs is no test function"
)]

mod failing;
mod find;
mod life;
mod owner;
mod support;
