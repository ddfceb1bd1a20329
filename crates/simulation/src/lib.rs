//! A simulation of the submit protocol: random histories of several servers, a portal, a network and people, over the
//! real transitions and the real store, in virtual time.
//!
//! Everything that happens in a history follows from its seed, so a history that breaks a promise can be looked at step by
//! step: `cargo run -p formhand-simulation -- --seed 7`.
//!
//! What is real: every change of a job goes through `formhand-domain` and a store, SQLite or MongoDB. What is modelled: the order in
//! which a server writes, clicks and lets a request pass (`attempt.rs`), which is that of the engine, and everything around
//! it. Each step of an attempt is one point at which its server may be killed or stand still.

mod attempt;
mod calm;
mod chance;
mod check;
mod history;
mod mutation;
mod network;
mod node;
mod people;
mod searcher;
mod simulation;
mod world;
mod writing;

pub use mutation::{Mutation, UnknownMutation};
pub use simulation::{Broken, Simulation, Summary};
