//! The portal's own sessions: a cookie names one, and it ends when the portal says so.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use tokio::time::Instant;

/// The session cookie. It has no lifetime of its own, so a browser forgets it when it closes.
pub(crate) const COOKIE: &str = "ASP.NET_SessionId";

struct Live {
    user: String,
    used_at: Instant,
}

#[derive(Default)]
pub(crate) struct Sessions {
    live: HashMap<String, Live>,
    promo_due: HashSet<String>,
}

impl Sessions {
    /// Starts a session; the older ones of the user end if only one may live.
    pub(crate) fn start(&mut self, id: String, user: &str, single: bool) {
        if single {
            self.live.retain(|_, live| live.user != user);
        }
        let live = Live {
            user: user.to_owned(),
            used_at: Instant::now(),
        };
        self.promo_due.insert(id.clone());
        self.live.insert(id, live);
    }

    /// The user of a session that is alive; using it keeps it alive.
    pub(crate) fn touch(&mut self, id: &str, idle: Duration) -> Option<String> {
        let live = self.live.get_mut(id)?;
        if live.used_at.elapsed() > idle {
            self.live.remove(id);
            return None;
        }
        live.used_at = Instant::now();
        Some(live.user.clone())
    }

    /// Whether the promo window is still to be shown; asking settles it.
    pub(crate) fn take_promo(&mut self, id: &str) -> bool {
        self.promo_due.remove(id)
    }

    pub(crate) fn end(&mut self, id: &str) {
        self.live.remove(id);
    }

    /// Ends the sessions of one user, or all.
    pub(crate) fn expire(&mut self, user: Option<&str>) -> usize {
        let before = self.live.len();
        self.live
            .retain(|_, live| user.is_some_and(|user| live.user != user));
        before - self.live.len()
    }

    pub(crate) fn count(&self) -> usize {
        self.live.len()
    }
}

/// A name for a session that gives nothing away.
pub(crate) fn hash(id: &str) -> String {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    format!("{:08x}", hasher.finish() & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: Duration = Duration::from_mins(1);

    #[test]
    fn a_second_login_ends_the_first_session_when_only_one_may_live() {
        let mut sessions = Sessions::default();
        sessions.start("one".to_owned(), "u", true);
        sessions.start("other".to_owned(), "v", true);
        sessions.start("two".to_owned(), "u", true);
        assert_eq!(sessions.touch("one", IDLE), None);
        assert_eq!(sessions.touch("two", IDLE).as_deref(), Some("u"));
        assert_eq!(sessions.touch("other", IDLE).as_deref(), Some("v"));
    }

    #[test]
    fn a_session_that_idles_too_long_is_over() {
        let mut sessions = Sessions::default();
        sessions.start("one".to_owned(), "u", false);
        std::thread::sleep(Duration::from_millis(3));
        assert_eq!(sessions.touch("one", Duration::from_millis(1)), None);
    }
}
