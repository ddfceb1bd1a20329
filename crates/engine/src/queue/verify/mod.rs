//! Finds out whether jobs of unknown outcome were filed, where a definition says how the portal is searched.

mod newer;
mod search;
mod verifier;

pub(crate) use verifier::Verifier;
