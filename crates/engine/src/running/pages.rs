//! The pages of a running engine, for people.

use super::Engine;
use crate::{Sight, TakeOvers};

impl Engine {
    /// What its browsers show.
    pub fn sight(&self) -> &Sight {
        &self.shop.sight
    }

    /// Where people take its pages over.
    pub fn take_overs(&self) -> &TakeOvers {
        &self.shop.take_overs
    }
}
