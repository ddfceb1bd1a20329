//! A running browser: its contexts, its pages as they come and go, and its end.

mod attribute;
mod error;
mod events;
mod gone;
mod handle;
mod hub;

pub(crate) use attribute::Origin;
pub use error::BrowserError;
pub use gone::Gone;
pub use handle::Browser;
pub(crate) use hub::Hub;
