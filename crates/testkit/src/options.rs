//! How a world is made.

use std::{path::PathBuf, sync::Arc, time::Duration};

use formhand_domain::{Clock, RetryPolicy, SystemClock, WhenNotFound};
use formhand_engine::{Keeping, OneTimeCodeSetup, SolverSetup, Timing, Wear};
use formhand_evidence::Remote;
use formhand_portal::Portal;
use formhand_practice::{Fault, Options, User};
use jiff::SignedDuration;

/// A change of the shipped definition, for what a test cannot wait for or the portal does not have.
pub type Adapt = Box<dyn FnOnce(&mut Portal) + Send>;

/// How a world is made.
pub struct WorldOptions {
    /// The portal. Its own delays are off, and captcha and promo are shown only if a test asks for them.
    pub practice: Options,
    /// Leases, retries and deadlines; retries are due at once.
    pub timing: Timing,
    /// Jobs at once.
    pub workers: usize,
    /// The password that the accounts are set up with, if not the right one.
    pub password: Option<String>,
    /// Who reads captchas.
    pub solver: SolverSetup,
    /// Where one-time codes come from.
    pub one_time_code: OneTimeCodeSetup,
    /// The engine's time.
    pub clock: Arc<dyn Clock>,
    /// The program that works on jobs, if not the usual one.
    pub worker: Option<PathBuf>,
    /// When a worker browser is replaced.
    pub wear: Wear,
    /// Whether the portal is searched for jobs of unknown outcome.
    pub searches: bool,
    /// Whether sessions are shared with other servers of the store.
    pub shares: bool,
    /// The database that jobs are kept in, if it is no file.
    pub mongodb: Option<String>,
    /// Object storage that evidence goes to.
    pub remote: Option<Remote>,
    /// What is kept of attempts.
    pub keeping: Keeping,
    /// What is different in the definition.
    pub changes: Vec<Adapt>,
}

impl Default for WorldOptions {
    fn default() -> Self {
        Self {
            practice: Options::swift(),
            timing: Timing {
                retry: RetryPolicy {
                    max_attempts: 3,
                    first_delay: SignedDuration::from_millis(50),
                },
                step: Duration::from_secs(10),
                ..Timing::default()
            },
            workers: 3,
            password: None,
            solver: SolverSetup::Ocr,
            one_time_code: OneTimeCodeSetup::None,
            clock: Arc::new(SystemClock),
            worker: None,
            wear: Wear::default(),
            searches: false,
            shares: false,
            mongodb: None,
            remote: None,
            keeping: Keeping::default(),
            changes: Vec::new(),
        }
    }
}

impl WorldOptions {
    /// The same with these faults from the start.
    #[must_use]
    pub fn faults(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.practice.faults.extend(faults);
        self
    }

    /// The same with a captcha at the login.
    #[must_use]
    pub fn captcha(mut self) -> Self {
        self.practice.captcha = true;
        self
    }

    /// The same with these logins; each is an account of the engine, by the name of the user.
    #[must_use]
    pub fn users(mut self, users: impl IntoIterator<Item = User>) -> Self {
        self.practice.users = users.into_iter().collect();
        self
    }

    /// The same with sessions that are shared with the servers that join, by leases that end soon.
    #[must_use]
    pub fn shared(mut self) -> Self {
        self.shares = true;
        self.timing.lease = SignedDuration::from_secs(3);
        self.timing.renew_every = Duration::from_secs(1);
        self.timing.margin = SignedDuration::from_secs(1);
        self
    }

    /// The same with jobs that are kept in this database.
    #[must_use]
    pub fn on_mongodb(mut self, url: &str) -> Self {
        self.mongodb = Some(url.to_owned());
        self
    }

    /// The same with a definition that was changed like this.
    #[must_use]
    pub fn adapt(mut self, change: impl FnOnce(&mut Portal) + Send + 'static) -> Self {
        self.changes.push(Box::new(change));
        self
    }

    /// The same with a portal that is searched for jobs of unknown outcome; what it is asked for comes to light within
    /// this time.
    #[must_use]
    pub fn searched(mut self, settle: Duration, when_not_found: WhenNotFound) -> Self {
        self.searches = true;
        self.adapt(move |portal| {
            let verify = crate::flow_of(portal).verify.as_mut();
            let verify = verify.expect("the shipped definition has a search");
            (verify.settle, verify.when_not_found) = (settle, when_not_found);
        })
    }

    /// The same with a submit step that gives up waiting for the portal's answer after this.
    #[must_use]
    pub fn answer_timeout(self, timeout: Duration) -> Self {
        self.adapt(move |portal| crate::submit_of(portal).answer_timeout = timeout)
    }

    /// The same with a submit step that gives up waiting for the request after this.
    #[must_use]
    pub fn send_timeout(self, timeout: Duration) -> Self {
        self.adapt(move |portal| crate::submit_of(portal).send_timeout = timeout)
    }
}
