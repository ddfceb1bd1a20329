//! Sealing what a store keeps of records and of what portals say, with a key that the store does not have.
//!
//! A store is sealed as a whole or not at all, and says so itself ([`Mark`]). In a sealed one every value of these kinds is
//! sealed for its place, so that it opens in no other; what has to be found again is kept as a keyed hash beside. What stays
//! readable is what the queue works by: status, times, portal, account, flow.

mod mark;
mod places;
mod values;

pub(crate) use mark::{Mark, key_id, settled};
pub(crate) use places::Places;
pub(crate) use values::{Field, Seal, sealed_part};
