//! Traces: what a request, an attempt, a step and a call of the browser took. Names, ids and codes, never a value.

mod caller;
mod traces;

pub(crate) use caller::go_on;
pub(crate) use traces::Traces;
