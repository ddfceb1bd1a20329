//! How people come between the steps of a clone.

use super::{clone::Clone, lease::Heartbeat};
use crate::takeover::{Hands, HandsSetup};

impl Clone<'_> {
    /// The page can be asked for as long as this lives.
    pub(super) fn hands(&self, heartbeat: &Heartbeat) -> Hands {
        let pulse = heartbeat.pulse().clone();
        Hands::new(HandsSetup {
            desk: self.shop.take_overs.clone(),
            sight: self.shop.sight.clone(),
            context: self.place.context.clone(),
            gate: std::sync::Arc::clone(&self.desk.gate),
            writer: self.desk.writer.clone(),
            timing: self.shop.timing.take_over.clone(),
            moved: std::sync::Arc::new(move || pulse.moved()),
        })
    }
}
