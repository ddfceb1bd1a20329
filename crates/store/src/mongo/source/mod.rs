//! What is kept of collections that records are taken from, and the collections themselves.
//!
//! Jobs of a source and how far it was read are written in one transaction, so neither is ever there without the other.
//! It touches only what belongs to the source: its own document, its new jobs, and its part of the quarantine.
//!
//! A server that dies in the middle of a transaction leaves it open for up to a minute, and whoever writes to the same
//! documents waits for that. So a source's document names the session that its watcher works in, and who takes the
//! source over ends that session first ([`session`], `session.rs`).

mod backend;
mod document_id;
mod keep;
mod known;
mod origin;
mod position;
mod quarantine;
mod reached;
mod saved;
mod session;
mod set_out;
mod take;
mod tell;
mod transaction;
mod trouble;

pub(super) use backend::MongoSources;
