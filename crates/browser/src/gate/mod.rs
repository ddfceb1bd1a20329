//! The gate: no request that could file a form leaves a browser before the caller lets it pass.
//!
//! It works at browser level (one `Fetch.enable` on the browser's own session), which sees pages, pop-ups, frames of
//! other processes and workers alike, and keeps its hold on paused requests when a page or a context goes away.

mod answer;
mod glob;
mod patterns;
mod paused;
mod probe;
mod request;
mod types;

pub(crate) use answer::BLANK_PATH;
pub use glob::UrlGlob;
pub(crate) use patterns::fetch_patterns;
pub(crate) use paused::{Flight, Paused};
pub use types::{
    BODY_LIMIT_BYTES, CommitGate, CommitPattern, CommitRequest, CommitResponse, GateOptions,
    Verdict,
};
