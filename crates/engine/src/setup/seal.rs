//! The key that sessions are sealed with before they are shared through the store.

pub use formhand_seal::{NotAKey, SealKey};
