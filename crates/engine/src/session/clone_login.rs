//! Lets each clone log in by itself, for a portal whose sessions cannot be copied. No master session is needed.

use std::time::Duration;

use formhand_browser::{Context, Page};
use formhand_domain::{Failure, account::SessionState};
use tokio::time::timeout;

use super::{Fault, KeeperSetup, NoSession, establish::Establisher, register::Register};

/// Logs clones of one account in.
pub(crate) struct CloneLogin(Establisher);

/// A clone was not logged in.
pub(crate) enum NotLoggedIn {
    /// No login may be tried for now.
    NoSession(NoSession),
    /// It was tried, and failed.
    Failed(Failure),
}

impl CloneLogin {
    pub(crate) fn new(setup: KeeperSetup) -> Self {
        let register = Register::of(&setup);
        Self(Establisher::new(setup, register))
    }

    /// Whether a login may be tried, as far as the store knows: no job is claimed that would only be given back.
    pub(crate) async fn is_ready(&self) -> bool {
        let register = &self.0.register;
        match register.store.session(&register.account).await {
            Ok(Some(saved)) => match saved.state {
                SessionState::Down { until, .. } => until <= register.now(),
                // Other credentials may be tried: the budget compares them.
                SessionState::NeedsHuman { credentials, .. } => credentials != register.credentials,
                _ => true,
            },
            // A store that cannot be read says so at the claim.
            Ok(None) | Err(_) => true,
        }
    }

    /// How long one login may take, with a person's answer if it needs one.
    pub(crate) fn limit(&self) -> Duration {
        let setup = &self.0.setup;
        setup.portal.session.recovery.soft.limit + setup.patience
    }

    /// Logs a clone in. The budget counts each try, as it does those of a master session.
    pub(crate) async fn log_in(&self, context: &Context, page: &Page) -> Result<(), NotLoggedIn> {
        let setup = &self.0.setup;
        let rules = &setup.portal.session;
        let mut captchas = rules.captcha_tries.max(1);
        let limit = self.limit();
        let logged_in = timeout(limit, self.0.log_in(context, page, None, &mut captchas)).await;
        let fault = match logged_in {
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(fault)) => fault,
            Err(_) => Fault::timed_out("the clone was not logged in", limit),
        };
        Err(match fault.settled() {
            Ok(no_session) => NotLoggedIn::NoSession(no_session),
            Err(failure) => NotLoggedIn::Failed(failure),
        })
    }
}
