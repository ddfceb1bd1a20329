//! What is firing, who was told of it, and what is to be sent next: pure, and kept in the store as one text.

mod alert;
mod book;
mod channel;
mod message;
mod silence;
#[cfg(test)]
mod tests;
mod timing;

pub use alert::{Alert, Standing};
pub use book::{Book, Step, Watch};
pub use channel::{ChannelBook, Failing, Outgoing};
pub use message::{Message, Said};
pub use silence::Silence;
pub use timing::AlertTiming;
