//! The sessions that are alive. It is told the time and says which sessions ended; it tells nobody else.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::live::{Gone, Live, NewSession};
use crate::ledger::EndReason;

pub(crate) struct Sessions {
    idle: Duration,
    live: HashMap<String, Live>,
}

/// Whom a cookie names.
#[derive(Debug)]
pub(crate) enum Seen {
    User(String),
    Nobody,
    /// Nobody any more: looking at it ended it.
    Ended(Gone),
}

impl Sessions {
    /// A session that is not used for so long is over.
    pub(crate) fn new(idle: Duration) -> Self {
        Self {
            idle,
            live: HashMap::new(),
        }
    }

    pub(crate) fn start(&mut self, new: NewSession, now: Instant) {
        let (id, live) = Live::new(new, now);
        self.live.insert(id, live);
    }

    /// The user of a session that is alive; using it keeps it from idling. Shown without the device that it is bound
    /// to, it ends.
    pub(crate) fn touch(&mut self, id: &str, device: Option<&str>, now: Instant) -> Seen {
        let Some(live) = self.live.get_mut(id) else {
            return Seen::Nobody;
        };
        let over = live.due(self.idle).filter(|(at, _)| *at <= now);
        let elsewhere = live.device.is_some() && live.device.as_deref() != device;
        if let Some((at, reason)) = over.or(elsewhere.then_some((now, EndReason::OtherDevice))) {
            let live = self.live.remove(id);
            return live.map_or(Seen::Nobody, |live| Seen::Ended(live.gone(id, reason, at)));
        }
        live.used_at = now;
        Seen::User(live.user.clone())
    }

    /// Whether the promo window is still to be shown; asking settles it.
    pub(crate) fn take_promo(&mut self, id: &str) -> bool {
        let live = self.live.get_mut(id);
        live.is_some_and(|live| std::mem::take(&mut live.promo_due))
    }

    /// A page shows the token of its login. Whether it is the right one.
    pub(crate) fn show_token(&mut self, id: &str, page: &str, token: &str) -> bool {
        let Some(live) = self.live.get_mut(id) else {
            return false;
        };
        let is_right = live.token.as_deref() == Some(token);
        if is_right {
            live.pages.insert(page.to_owned());
        }
        is_right
    }

    /// Whether this page has shown the token.
    pub(crate) fn has_shown(&self, id: &str, page: &str) -> bool {
        let live = self.live.get(id);
        live.is_some_and(|live| live.pages.contains(page))
    }

    /// Ends one session.
    pub(crate) fn end(&mut self, id: &str, reason: EndReason, now: Instant) -> Option<Gone> {
        let live = self.live.remove(id)?;
        Some(live.gone(id, reason, now))
    }

    /// Ends the sessions of one user, or all.
    pub(crate) fn expire(
        &mut self,
        user: Option<&str>,
        reason: EndReason,
        now: Instant,
    ) -> Vec<Gone> {
        let theirs = |live: &Live| user.is_none_or(|user| live.user == user);
        self.end_where(|live| theirs(live).then_some((now, reason)))
    }

    /// Ends the sessions that are over.
    pub(crate) fn end_due(&mut self, now: Instant) -> Vec<Gone> {
        let idle = self.idle;
        self.end_where(|live| live.due(idle).filter(|(at, _)| *at <= now))
    }

    /// When the next session is over, if none is used or started until then.
    pub(crate) fn next_due(&self) -> Option<Instant> {
        let due = self.live.values().filter_map(|live| live.due(self.idle));
        due.map(|(at, _)| at).min()
    }

    /// How many are alive.
    pub(crate) fn count(&self, now: Instant) -> usize {
        let is_over = |live: &Live| live.due(self.idle).is_some_and(|(at, _)| at <= now);
        self.live.values().filter(|live| !is_over(live)).count()
    }

    /// The oldest first.
    fn end_where(&mut self, why: impl Fn(&Live) -> Option<(Instant, EndReason)>) -> Vec<Gone> {
        let over = |(id, live): (&String, &Live)| why(live).map(|end| (id.clone(), end));
        let over: Vec<_> = self.live.iter().filter_map(over).collect();
        let gone = |(id, (at, reason)): (String, (Instant, EndReason))| {
            let live = self.live.remove(&id)?;
            Some(live.gone(&id, reason, at))
        };
        let mut gone: Vec<Gone> = over.into_iter().filter_map(gone).collect();
        gone.sort_by_key(|gone| gone.started_at);
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: Duration = Duration::from_mins(1);
    const SECOND: Duration = Duration::from_secs(1);

    fn new(id: &str) -> NewSession {
        NewSession {
            id: id.to_owned(),
            user: "u".to_owned(),
            life: None,
            device: None,
            token: None,
        }
    }

    fn user(seen: &Seen) -> Option<&str> {
        match seen {
            Seen::User(user) => Some(user),
            _ => None,
        }
    }

    fn reason(seen: &Seen) -> Option<EndReason> {
        match seen {
            Seen::Ended(gone) => Some(gone.reason),
            _ => None,
        }
    }

    #[test]
    fn a_session_that_idles_too_long_is_over_and_use_keeps_it_alive() {
        let (mut sessions, start) = (Sessions::new(IDLE), Instant::now());
        sessions.start(new("one"), start);
        let used = start + IDLE - SECOND;
        assert_eq!(user(&sessions.touch("one", None, used)), Some("u"));
        assert_eq!(sessions.next_due(), Some(used + IDLE));
        assert_eq!(sessions.count(used + IDLE - SECOND), 1);
        assert_eq!(sessions.count(used + IDLE), 0);
        let seen = sessions.touch("one", None, used + IDLE);
        assert_eq!(reason(&seen), Some(EndReason::Idle));
        assert!(matches!(
            sessions.touch("one", None, used + IDLE),
            Seen::Nobody
        ));
    }

    #[test]
    fn a_life_ends_however_much_the_session_is_used() {
        let (mut sessions, start) = (Sessions::new(IDLE), Instant::now());
        let life = Some(3 * SECOND);
        sessions.start(NewSession { life, ..new("one") }, start);
        for seconds in 0..3 {
            let now = start + seconds * SECOND;
            assert_eq!(user(&sessions.touch("one", None, now)), Some("u"));
        }
        assert_eq!(sessions.next_due(), Some(start + 3 * SECOND));
        let gone = sessions.end_due(start + 4 * SECOND);
        assert_eq!(gone.len(), 1);
        assert_eq!(
            (gone[0].reason, gone[0].lived),
            (EndReason::Life, 3 * SECOND)
        );
    }

    #[test]
    fn a_bound_session_ends_when_it_is_shown_without_its_device() {
        for device in [None, Some("other")] {
            let (mut sessions, now) = (Sessions::new(IDLE), Instant::now());
            let bound = Some("mine".to_owned());
            sessions.start(
                NewSession {
                    device: bound,
                    ..new("one")
                },
                now,
            );
            assert_eq!(user(&sessions.touch("one", Some("mine"), now)), Some("u"));
            let seen = sessions.touch("one", device, now);
            assert_eq!(reason(&seen), Some(EndReason::OtherDevice));
            let seen = sessions.touch("one", Some("mine"), now);
            assert!(matches!(seen, Seen::Nobody));
        }
    }

    #[test]
    fn those_that_end_together_are_told_in_the_order_of_their_logins() {
        let (mut sessions, start) = (Sessions::new(IDLE), Instant::now());
        let ids: Vec<String> = (0..20).map(|number| number.to_string()).collect();
        for (id, at) in ids.iter().zip(1..) {
            sessions.start(new(id), start + at * SECOND);
        }
        let gone = sessions.expire(Some("u"), EndReason::Admin, start + IDLE);
        assert_eq!(
            gone.into_iter().map(|gone| gone.id).collect::<Vec<_>>(),
            ids
        );
    }

    #[test]
    fn a_page_is_known_once_it_has_shown_the_right_token() {
        let (mut sessions, now) = (Sessions::new(IDLE), Instant::now());
        let token = Some("t".to_owned());
        sessions.start(
            NewSession {
                token,
                ..new("one")
            },
            now,
        );
        assert!(!sessions.show_token("one", "page", "wrong"));
        assert!(!sessions.has_shown("one", "page"));
        assert!(sessions.show_token("one", "page", "t"));
        assert!(sessions.has_shown("one", "page"));
        assert!(!sessions.has_shown("one", "another page"));
        assert!(!sessions.has_shown("another", "page"));
    }
}
