//! What the engine promises, with a real browser, a real store and the practice portal.

mod double_submit;
mod filing;
mod outcomes;
mod session;
mod support;
