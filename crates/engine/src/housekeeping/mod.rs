//! Removes what is old of jobs that ended. Each server may do it: what another one has done already is no error.

mod chore;
mod courier;
mod housekeeper;
#[cfg(test)]
mod tests;

pub(crate) use courier::Courier;
pub(crate) use housekeeper::Housekeeper;
