//! What the engine promises, with a real browser, a real store and the practice portal.

mod account;
mod clone_login;
mod clones;
mod death;
mod documents;
mod double_submit;
mod evidence;
mod fields;
mod filing;
mod heartbeat;
mod intake;
mod last_steps;
mod lease;
mod nodes;
mod object_storage;
mod one_time_code;
mod outcomes;
mod portal_doctor;
mod queue;
mod readback;
mod recovery;
mod retention;
mod secrets;
mod session;
mod support;
mod verify;
