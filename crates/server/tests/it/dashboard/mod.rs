//! The dashboard in a real browser, against a real server that files into the practice portal.

mod accessibility;
mod answers;
mod decides;
mod desk;
mod filters;
mod many;
mod recovers;
mod takes_over;
mod tells;
mod watches;

pub(crate) use filters::plant;
