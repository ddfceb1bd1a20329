//! All state of one running portal behind one lock. Nothing waits while it is held.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::civil::Date;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use tokio::sync::Notify;

use crate::captcha::CaptchaBook;
use crate::clock;
use crate::faults::{Fault, FaultError, FaultName, FaultSet, Moment, Step, behaviours};
use crate::ledger::Book;
use crate::motor::Proposal;
use crate::options::{Options, User, UserState};
use crate::session::{self, SessionLife, Sessions};
use crate::totp::UsedCodes;

pub(crate) type Shared = Arc<World>;

pub(crate) struct World {
    pub(crate) options: Options,
    pub(crate) ledger: Book,
    /// Tells those who wait for sessions to end that there is another one.
    pub(crate) session_started: Notify,
    token_seed: u64,
    inner: Mutex<Inner>,
}

/// What the lock guards.
pub(crate) struct Inner {
    pub(crate) rng: StdRng,
    /// Of its own for the lives of sessions: the n-th login gets the n-th life, however many captchas were drawn.
    pub(crate) lives: StdRng,
    pub(crate) session_life: Option<SessionLife>,
    pub(crate) sessions: Sessions,
    pub(crate) captchas: CaptchaBook,
    pub(crate) faults: FaultSet,
    pub(crate) proposals: Vec<Proposal>,
    pub(crate) clients: HashMap<String, String>,
    pub(crate) wrong_passwords: HashMap<String, u32>,
    pub(crate) locked: HashSet<String>,
    pub(crate) otp_due: HashMap<String, String>,
    pub(crate) used_codes: UsedCodes,
}

impl World {
    pub(crate) fn new(options: Options) -> Result<Self, FaultError> {
        let faults = FaultSet::new(options.faults.clone())?;
        let mut rng = match options.seed {
            Some(seed) => StdRng::seed_from_u64(seed),
            None => StdRng::seed_from_u64(rand::random()),
        };
        let token_seed = rng.random();
        let inner = Inner {
            rng,
            lives: StdRng::seed_from_u64(token_seed),
            session_life: options.session_life,
            sessions: Sessions::new(Duration::from_millis(options.session_idle_ms)),
            captchas: CaptchaBook::default(),
            faults,
            proposals: Vec::new(),
            clients: HashMap::new(),
            wrong_passwords: HashMap::new(),
            locked: HashSet::new(),
            otp_due: HashMap::new(),
            used_codes: UsedCodes::default(),
        };
        let world = Self {
            options,
            ledger: Book::new(),
            session_started: Notify::new(),
            token_seed,
            inner: Mutex::new(inner),
        };
        world.reset();
        Ok(world)
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Back to the start: no sessions, saves, clients, faults; the start's faults are on again. Sessions end unwritten:
    /// the ledger is cleared too.
    pub(crate) fn reset(&self) {
        let mut inner = self.lock();
        inner.sessions = Sessions::new(Duration::from_millis(self.options.session_idle_ms));
        inner.session_life = self.options.session_life;
        inner.proposals = crate::motor::other_customers(self.options.other_customers, self.today());
        inner.clients.clear();
        inner.wrong_passwords.clear();
        inner.locked.clear();
        inner.otp_due.clear();
        inner.used_codes = UsedCodes::default();
        // The list was checked when the portal started.
        inner.faults = FaultSet::new(self.options.faults.clone()).unwrap_or_default();
        drop(inner);
        self.ledger.clear();
        self.ledger.release();
    }

    pub(crate) fn today(&self) -> Date {
        self.options.today.unwrap_or_else(clock::today)
    }

    pub(crate) fn user(&self, name: &str) -> Option<&User> {
        self.options.users.iter().find(|user| user.name == name)
    }

    pub(crate) fn may_pay(&self, name: &str) -> bool {
        self.user(name)
            .is_none_or(|user| user.state != UserState::PaymentLocked)
    }

    pub(crate) fn new_device(&self) -> String {
        format!("{:032x}", self.lock().rng.random::<u128>())
    }

    pub(crate) fn take(&self, name: FaultName, moment: &Moment) -> Option<Fault> {
        self.lock().faults.take(name, moment)
    }

    pub(crate) fn behaviours(&self, step: Step, moment: &Moment) -> Vec<Value> {
        behaviours(&mut self.lock().faults, step, moment)
    }

    /// An opaque value for a link, as the portal encrypts its query values: the same for all
    /// sessions of one run.
    pub(crate) fn token(&self, of: &str) -> String {
        let first = session::hash(&format!("{}:{of}", self.token_seed));
        let second = session::hash(&format!("{of}:{}", self.token_seed));
        // Encoded twice, as the portal's own links are.
        format!("{first}{second}%253d%253d")
    }

    /// What an opaque value stands for, out of the values that it may stand for.
    pub(crate) fn open_token<'a>(&self, token: &str, known: &[&'a str]) -> Option<&'a str> {
        let bare = token
            .split('%')
            .next()
            .unwrap_or_default()
            .trim_end_matches('=');
        known
            .iter()
            .copied()
            .find(|of| self.token(of).starts_with(bare) && !bare.is_empty())
    }

    /// One of the portal's own delays, scaled.
    pub(crate) fn scaled_ms(&self, real_ms: u32) -> u64 {
        let scaled = Duration::from_millis(real_ms.into()).mul_f64(self.options.delays.max(0.0));
        u64::try_from(scaled.as_millis()).unwrap_or(u64::MAX)
    }

    /// Sleeps one of the portal's own delays, scaled.
    pub(crate) async fn pause(&self, real_ms: u32) {
        let wait_ms = self.scaled_ms(real_ms);
        if wait_ms > 0 {
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        }
    }
}
