//! A login that was accepted becomes a session.

use rand::RngExt;
use tokio::time::Instant;

use super::live::NewSession;
use super::{SessionLife, hash};
use crate::ledger::{EndReason, Event, LoginOutcome};
use crate::options::{LoginCarrier, OptionError};
use crate::world::World;

/// What the browser gets of a new session.
pub(crate) struct Started {
    /// The value of the session cookie.
    pub(crate) id: String,
    /// What its pages must show, if more than the cookie carries the login.
    pub(crate) token: Option<String>,
}

impl World {
    /// What the lives of the next logins are drawn from.
    pub(crate) fn set_session_life(&self, life: Option<SessionLife>) -> Result<(), OptionError> {
        life.map_or(Ok(()), SessionLife::check)?;
        self.lock().session_life = life;
        Ok(())
    }

    /// Starts a session. The user's older ones end if only one may live.
    pub(crate) fn start_session(
        &self,
        device: Option<String>,
        user: &str,
        single: bool,
    ) -> Started {
        let now = Instant::now();
        let mut guard = self.lock();
        let inner = &mut *guard;
        let id = format!("{:032x}", inner.rng.random::<u128>());
        let token = match self.options.login_carried_by {
            LoginCarrier::Cookie => None,
            _ => Some(format!("{:032x}", inner.rng.random::<u128>())),
        };
        let life = inner.session_life.map(|life| life.draw(&mut inner.lives));
        let older = if single {
            inner
                .sessions
                .expire(Some(user), EndReason::SecondLogin, now)
        } else {
            Vec::new()
        };
        inner.sessions.start(
            NewSession {
                id: id.clone(),
                user: user.to_owned(),
                life,
                device,
                token: token.clone(),
            },
            now,
        );
        let login = Event::Login {
            name: user.to_owned(),
            outcome: LoginOutcome::Accepted,
        };
        self.ledger.write(Some(user), Some(&hash(&id)), login);
        self.record_ends(older);
        drop(guard);
        self.session_started.notify_one();
        Started { id, token }
    }
}
