//! What the engine promises, with a real browser, a real store and the practice portal.

mod filing;
