//! What the domain promises, whatever happens to a job or to a session.

#![expect(
    clippy::unwrap_used,
    reason = "these are tests, also where a helper of theirs is no test function"
)]

mod docs;
mod forget;
mod given;
mod ladder;
mod life;
mod promises;
mod protocol;
mod refusals;
mod renewal;
mod session_history;
mod session_lives;
mod settle;
mod step;
mod stored_form;
mod survival;
mod take_over;
