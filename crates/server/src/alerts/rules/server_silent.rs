//! A server has ended without a word.

use jiff::{SignedDuration, Timestamp};

use super::{Finding, RuleName, Subject};
use crate::alerts::Facts;

/// Fires as long as a server that did not say goodbye was not seen for longer than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerSilent {
    /// A server says every ten seconds that it is there.
    pub older_than: SignedDuration,
}

impl Default for ServerSilent {
    fn default() -> Self {
        Self {
            older_than: SignedDuration::from_mins(2),
        }
    }
}

impl ServerSilent {
    pub(super) fn check(self, facts: &Facts, now: Timestamp) -> Vec<Finding> {
        let servers = facts.servers.iter();
        let silent = servers.filter(|server| now.duration_since(server.seen_at) > self.older_than);
        silent
            .map(|server| Finding {
                rule: RuleName::ServerSilent,
                subject: Subject::Server(server.id.clone()),
                text: format!(
                    "{} was last seen at {:.0}, and it did not say that it ends. Others take its jobs over when their \
                     leases end. Start it again, or see why it cannot reach the database.",
                    server.id, server.seen_at
                ),
            })
            .collect()
    }
}
