//! The one way out of a context: a SOCKS proxy of our own, on loopback, that the context's traffic goes through.
//!
//! Two things need it. Chromium's network stack repeats a request by itself, also a `POST`, when a connection that
//! was used before dies without an answer; that happens below `Fetch`, so a gate that let one request pass cannot
//! see the second. While a commit request is out, the way is therefore *narrow*: what was open before carries
//! nothing more out, and one single new connection to the form's host may be made. And since every byte passes through
//! this process, a context whose egress is closed, or whose owner is dead, can send nothing at all, whatever its browser
//! does.

mod connection;
mod narrow;
mod peer;
mod proxy;
mod socks;

pub(crate) use narrow::Host;
pub(crate) use proxy::Egress;
