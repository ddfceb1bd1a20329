//! Gets the one-time code that a portal asks for in the middle of a login: of a secret and the time, or of a person.

mod human;
mod secret;
mod source;
mod totp;

pub use secret::{TotpSecret, TotpSecretError};
pub(crate) use source::{CodeError, CodeSource, patience_of, source_of};
