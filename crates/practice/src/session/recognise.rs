//! Whose request it is.

use tokio::time::Instant;

use super::sessions::Seen;
use crate::http::Visit;
use crate::options::LoginCarrier;
use crate::world::World;

impl World {
    /// The user whose live session these cookies show.
    pub(crate) fn user_of(&self, session: Option<&str>, device: Option<&str>) -> Option<String> {
        let mut inner = self.lock();
        match inner.sessions.touch(session?, device, Instant::now()) {
            Seen::User(user) => Some(user),
            Seen::Nobody => None,
            Seen::Ended(gone) => {
                self.record_ends([gone]);
                None
            }
        }
    }

    /// Whether the script of this page may call. Where more than the cookie carries the login, the page must have shown
    /// the login's token.
    pub(crate) fn may_call(&self, visit: &Visit) -> bool {
        let id = visit.session.as_deref();
        self.options.login_carried_by == LoginCarrier::Cookie
            || id.is_some_and(|id| self.lock().sessions.has_shown(id, &visit.page))
    }

    /// A page shows a token. Whether it is that of its login; the cookie alone is enough where it carries the login.
    pub(crate) fn show_token(&self, visit: &Visit, token: &str) -> bool {
        let id = visit.session.as_deref();
        self.options.login_carried_by == LoginCarrier::Cookie
            || id.is_some_and(|id| self.lock().sessions.show_token(id, &visit.page, token))
    }
}
