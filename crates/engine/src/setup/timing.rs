//! Leases, retries and deadlines.

use std::time::Duration;

use formhand_domain::RetryPolicy;
use jiff::SignedDuration;

use super::TakeOverTiming;

/// How long things may take.
#[derive(Debug, Clone)]
pub struct Timing {
    /// How long a claim is valid without a renewal.
    pub lease: SignedDuration,
    /// How often a claim is renewed. A third of the lease: two renewals may be lost.
    pub renew_every: Duration,
    /// What must be left of a lease to arm or to cross.
    pub margin: SignedDuration,
    /// The rules of trying again.
    pub retry: RetryPolicy,
    /// How long a step may take that says nothing itself.
    pub step: Duration,
    /// How often one attempt may start over with a fresh clone because its session was stale.
    pub stale_sessions: u32,
    /// How long a job waits for a session that is being brought back before it is given back, unspent.
    pub session_wait: Duration,
    /// How long people may have pages.
    pub take_over: TakeOverTiming,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            lease: SignedDuration::from_secs(30),
            renew_every: Duration::from_secs(10),
            margin: SignedDuration::from_secs(5),
            retry: RetryPolicy::default(),
            step: Duration::from_secs(30),
            stale_sessions: 3,
            session_wait: Duration::from_mins(2),
            take_over: TakeOverTiming::default(),
        }
    }
}
