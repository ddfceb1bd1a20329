//! The chain over the audit: that it holds, and that every way of breaking it is found.

mod begun;
mod crashed;
mod deeds;
mod held;
mod support;
mod tampered_mongo;
mod tampered_sqlite;
mod verifier;
