//! All rules together, as every request meets them.

use std::{net::IpAddr, sync::Arc};

use jiff::Timestamp;

use super::{Attempts, Caller, Crowd, Pace, Place, Rates, Sessions, Token, Tokens, Via};

/// Streams of one token at once: each holds a connection for as long as it likes. Enough for every command line that waits
/// for its jobs with the server's own token, and a quarter of all connections.
const STREAMS: usize = 128;

/// How often somebody may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimits {
    /// Somebody with a token, by the token.
    pub caller: Pace,
    /// Somebody without one, by the address.
    pub stranger: Pace,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            caller: Pace::per_second(200),
            stranger: Pace::per_second(20),
        }
    }
}

/// What the rules are made of.
#[derive(Debug, Clone, Default)]
pub struct AccessSetup {
    /// Who may ask.
    pub tokens: Vec<Token>,
    /// Whether everyone who can connect may read. The caller has made sure that only this machine can.
    pub open_reads: bool,
    /// Names of this server beside `localhost` and IP addresses.
    pub hosts: Vec<String>,
    /// Whether cookies go over https only, whatever a request says of how it came.
    pub secure_cookies: bool,
    /// How often somebody may ask.
    pub rates: RateLimits,
    /// Proxies that are believed when they say whom they speak for.
    pub proxies: Vec<IpAddr>,
}

/// The rules of access, and what they remember.
#[derive(Clone)]
pub struct Access(Arc<Rules>);

struct Rules {
    tokens: Tokens,
    open_reads: bool,
    hosts: Vec<String>,
    secure_cookies: bool,
    proxies: Vec<IpAddr>,
    sessions: Sessions,
    attempts: Attempts,
    callers: Rates<String>,
    strangers: Rates<Place>,
    streams: Crowd<String>,
}

impl Access {
    /// These rules, with nobody logged in.
    pub fn new(setup: AccessSetup) -> Self {
        Self(Arc::new(Rules {
            tokens: Tokens::new(setup.tokens),
            open_reads: setup.open_reads,
            hosts: setup.hosts,
            secure_cookies: setup.secure_cookies,
            proxies: setup.proxies,
            sessions: Sessions::default(),
            attempts: Attempts::default(),
            callers: Rates::new(setup.rates.caller),
            strangers: Rates::new(setup.rates.stranger),
            streams: Crowd::new(STREAMS),
        }))
    }

    /// Who may ask.
    pub fn tokens(&self) -> &Tokens {
        &self.0.tokens
    }

    /// Whether everyone who can connect may read.
    pub fn open_reads(&self) -> bool {
        self.0.open_reads
    }

    /// Names of this server.
    pub fn hosts(&self) -> &[String] {
        &self.0.hosts
    }

    /// Whether cookies always go over https only.
    pub fn secure_cookies(&self) -> bool {
        self.0.secure_cookies
    }

    /// Proxies that are believed when they say whom they speak for.
    pub fn proxies(&self) -> &[IpAddr] {
        &self.0.proxies
    }

    /// Whether a caller that was let in before would be let in now: an answer may go on for hours.
    pub fn lets_stay(&self, caller: &Caller, now: Timestamp) -> bool {
        match &caller.via {
            Via::Token => self.0.tokens.is_good(&caller.name, now),
            Via::Session { csrf } => self.0.sessions.is_good(csrf, now),
            Via::Local => self.0.open_reads,
        }
    }

    /// Who is logged in at a browser.
    pub fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// How many logins failed.
    pub fn attempts(&self) -> &Attempts {
        &self.0.attempts
    }

    /// How often each caller asked.
    pub fn callers(&self) -> &Rates<String> {
        &self.0.callers
    }

    /// How often each place asked without a token.
    pub fn strangers(&self) -> &Rates<Place> {
        &self.0.strangers
    }

    /// How many answers without an end each caller has.
    pub fn streams(&self) -> &Crowd<String> {
        &self.0.streams
    }
}
