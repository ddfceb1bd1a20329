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
    /// Renderers are killed, and their browsers live on.
    Renderers,
    /// Processes that speak to the network for browsers are killed, and the browsers live on.
    Network,
    /// The portal ends all sessions.
    Expire,
    /// The connection is cut when the form arrives, before the portal has done anything.
    CutBefore,
    /// The same after the portal has filed it.
    CutAfter,
    /// Nothing can be written to a file for a while.
    FullDisk,
    /// SIGKILL to the database, which comes back after a while.
    DatabaseKill,
    /// SIGSTOP to the database, for a while.
    DatabasePause,
    /// Some of what the database is asked to do fails for a while, done or not.
    DatabaseFault,
}

/// What happens to a database that is a server of its own.
const DATABASE: [Blow; 3] = [Blow::DatabaseKill, Blow::DatabasePause, Blow::DatabaseFault];

/// All but kills and pauses, which have numbers of their own, and what happens to a database.
const OTHERS: [Blow; 8] = [
    Blow::Workers,
    Blow::Master,
    Blow::Renderers,
    Blow::Network,
    Blow::Expire,
    Blow::CutBefore,
    Blow::CutAfter,
    Blow::FullDisk,
];

/// How often each happens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub(super) kills: usize,
    pub(super) pauses: usize,
    pub(super) others: usize,
    pub(super) databases: usize,
}

impl Plan {
    /// All of it, in an order that follows from the seed. The others come equally often.
    pub(super) fn shuffled(self, random: &mut StdRng) -> Vec<Blow> {
        let mut blows = vec![Blow::Kill; self.kills];
        blows.extend(vec![Blow::Pause; self.pauses]);
        let first = random.random_range(0..OTHERS.len());
        blows.extend(OTHERS.iter().cycle().skip(first).take(self.others));
        blows.extend(DATABASE.iter().cycle().take(self.databases));
        blows.shuffle(random);
        blows
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_blows_and_as_many_as_were_asked_for() {
        let plan = Plan {
            kills: 5,
            pauses: 3,
            others: 8,
            databases: 3,
        };
        let blows = |seed| plan.shuffled(&mut StdRng::seed_from_u64(seed));
        assert_eq!(blows(1), blows(1));
        assert_ne!(blows(1), blows(2));
        let count = |wanted| blows(1).iter().filter(|blow| **blow == wanted).count();
        assert_eq!((count(Blow::Kill), count(Blow::Pause)), (5, 3));
        assert!(OTHERS.iter().all(|other| count(*other) == 1));
        assert!(DATABASE.iter().all(|blow| count(*blow) == 1));
    }
}
