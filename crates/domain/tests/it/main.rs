//! What the domain promises, whatever happens to a job.

#![expect(
    clippy::unwrap_used,
    reason = "these are tests, also where a helper of theirs is no test function"
)]

mod docs;
mod given;
mod life;
mod promises;
mod protocol;
mod refusals;
mod step;
mod stored_form;
