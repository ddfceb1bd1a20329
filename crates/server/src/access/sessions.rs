//! Logins of people at a browser. They live in memory: whoever was logged in when the server stops logs in again.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use formhand_domain::{Secret, hex};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use super::{Caller, Token, Via};

/// A working day.
const LIFE: SignedDuration = SignedDuration::from_hours(12);

/// A browser that is left alone.
const IDLE: SignedDuration = SignedDuration::from_hours(2);

/// More than anybody needs; the ones that were idle for the longest make room.
const MOST: usize = 1_000;

/// All logins.
#[derive(Default)]
pub struct Sessions(Mutex<HashMap<Hash, Session>>);

/// What a cookie holds is known by its hash only, as a token is.
type Hash = [u8; 32];

struct Session {
    token: Arc<Token>,
    csrf: String,
    began_at: Timestamp,
    seen_at: Timestamp,
}

/// A login that has begun.
pub struct Opened {
    /// For the browser's cookie, and nowhere else.
    pub id: Secret,
    /// How long the cookie is good for.
    pub life: SignedDuration,
}

impl Sessions {
    /// Logs the holder of a token in. `random` makes the cookie and what forms send with it.
    pub fn open(&self, token: Arc<Token>, now: Timestamp, random: [[u8; 32]; 2]) -> Opened {
        let [id, csrf] = random.map(|bytes| hex(&bytes));
        let session = Session {
            token,
            csrf,
            began_at: now,
            seen_at: now,
        };
        let mut all = self.lock();
        all.retain(|_, session| session.is_good(now));
        while all.len() >= MOST {
            let oldest = all.iter().min_by_key(|(_, session)| session.seen_at);
            let Some(oldest) = oldest.map(|(hash, _)| *hash) else {
                break;
            };
            all.remove(&oldest);
        }
        all.insert(hash(&id), session);
        Opened {
            id: Secret::new(id),
            life: LIFE,
        }
    }

    /// Whose cookie it is, if the login is still good. It stays good for a while from now on.
    pub fn find(&self, id: &str, now: Timestamp) -> Option<Caller> {
        let mut all = self.lock();
        let hash = hash(id);
        let session = all.get_mut(&hash)?;
        if !session.is_good(now) {
            all.remove(&hash);
            return None;
        }
        session.seen_at = now.max(session.seen_at);
        Some(Caller {
            name: session.token.name.clone(),
            role: session.token.role,
            via: Via::Session {
                csrf: session.csrf.clone(),
            },
        })
    }

    /// Whether the login whose pages send this is still good. It does not stay good for longer by that.
    pub fn is_good(&self, csrf: &str, now: Timestamp) -> bool {
        let all = self.lock();
        all.values()
            .any(|session| session.csrf == csrf && session.is_good(now))
    }

    /// Logs out.
    pub fn close(&self, id: &str) {
        self.lock().remove(&hash(id));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Hash, Session>> {
        // A session is whole whatever happened to whoever held the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    fn is_good(&self, now: Timestamp) -> bool {
        now.duration_since(self.began_at) < LIFE
            && now.duration_since(self.seen_at) < IDLE
            && !self.token.is_over(now)
    }
}

impl Caller {
    /// Whether a page of this caller's own login sent this. It takes the same time wherever the first difference is.
    pub fn sent(&self, csrf: &str) -> bool {
        self.csrf()
            .is_some_and(|ours| ours.as_bytes().ct_eq(csrf.as_bytes()).into())
    }
}

fn hash(id: &str) -> Hash {
    Sha256::digest(id.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Role, TokenHash},
        *,
    };

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    fn start() -> Timestamp {
        "2026-01-02T03:04:05Z".parse().unwrap()
    }

    fn token(expires_at: Option<Timestamp>) -> Arc<Token> {
        Arc::new(Token {
            name: "anna".to_owned(),
            role: Role::Operator,
            hash: TokenHash::of("x"),
            expires_at,
        })
    }

    #[test]
    fn a_login_is_its_tokens_holder() {
        let sessions = Sessions::default();
        let opened = sessions.open(token(None), start(), [[1; 32], [2; 32]]);
        let caller = sessions.find(opened.id.expose(), start()).unwrap();
        assert_eq!(
            (caller.name.as_str(), caller.role),
            ("anna", Role::Operator)
        );
        assert!(caller.sent(&"02".repeat(32)));
        assert!(!caller.sent("") && !caller.sent(&"01".repeat(32)));
        assert_eq!(sessions.find(&"02".repeat(32), start()), None);
        assert!(sessions.is_good(&"02".repeat(32), start()));
        sessions.close(opened.id.expose());
        assert!(!sessions.is_good(&"02".repeat(32), start()));
        assert_eq!(sessions.find(opened.id.expose(), start()), None);
    }

    #[test]
    fn a_login_ends_when_it_is_left_alone_and_after_a_working_day() {
        let sessions = Sessions::default();
        let opened = sessions.open(token(None), start(), [[1; 32], [2; 32]]);
        let id = opened.id.expose();
        assert_eq!(sessions.find(id, start() + HOUR * 2), None);

        let opened = sessions.open(token(None), start(), [[1; 32], [2; 32]]);
        let id = opened.id.expose();
        for hour in 1..12 {
            assert!(sessions.find(id, start() + HOUR * hour).is_some(), "{hour}");
        }
        assert_eq!(sessions.find(id, start() + HOUR * 12), None);
    }

    #[test]
    fn a_login_ends_with_its_token() {
        let sessions = Sessions::default();
        let opened = sessions.open(token(Some(start() + HOUR)), start(), [[1; 32], [2; 32]]);
        let id = opened.id.expose();
        assert!(sessions.find(id, start()).is_some());
        assert_eq!(sessions.find(id, start() + HOUR), None);
        assert_eq!(sessions.find(id, start()), None, "and does not come back");
    }

    #[test]
    fn logins_have_a_bound_and_the_idlest_makes_room() {
        let sessions = Sessions::default();
        let random = |number: usize| {
            let mut bytes = [0; 32];
            bytes[..8].copy_from_slice(&number.to_le_bytes());
            [bytes, [0; 32]]
        };
        let moment =
            |number: usize| start() + SignedDuration::from_secs(i64::try_from(number).unwrap());
        let first = sessions.open(token(None), moment(0), random(0));
        for number in 1..=MOST {
            sessions.open(token(None), moment(number), random(number));
        }
        assert_eq!(sessions.lock().len(), MOST);
        assert_eq!(sessions.find(first.id.expose(), moment(MOST)), None);
    }
}
