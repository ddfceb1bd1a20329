//! What is done to the servers.

use rand::{RngExt as _, rngs::StdRng, seq::SliceRandom as _};

/// One thing that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blow {
    /// SIGKILL, and another server on the same data folder.
    Kill,
    /// SIGSTOP for longer than a lease, then SIGCONT.
    Pause,
    /// The browsers that jobs work in are killed.
    Workers,
    /// The browser that keeps the session is killed.
    Master,
    /// The portal ends all sessions.
    Expire,
    /// The connection is cut when the form arrives, before the portal has done anything.
    CutBefore,
    /// The same after the portal has filed it.
    CutAfter,
}

/// How often each happens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub(super) kills: usize,
    pub(super) pauses: usize,
    pub(super) others: usize,
}

impl Plan {
    /// All of it, in an order that follows from the seed.
    pub(super) fn shuffled(self, random: &mut StdRng) -> Vec<Blow> {
        const OTHERS: [Blow; 5] = [
            Blow::Workers,
            Blow::Master,
            Blow::Expire,
            Blow::CutBefore,
            Blow::CutAfter,
        ];
        let mut blows = vec![Blow::Kill; self.kills];
        blows.extend(vec![Blow::Pause; self.pauses]);
        blows.extend((0..self.others).map(|_| OTHERS[random.random_range(0..OTHERS.len())]));
        blows.shuffle(random);
        blows
    }
}
