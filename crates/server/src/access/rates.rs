//! How often something may happen, for each of many.
//!
//! For each one only a moment is kept: the one when all that it did is paid off (the generic cell rate algorithm).

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

/// More than that many at once are not told apart, so that the memory has a bound: some megabytes.
const MOST: usize = 50_000;

/// How often something may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How many times at once, after a rest. At least 1.
    pub burst: u32,
    /// And then once in this time.
    pub every: SignedDuration,
}

impl Pace {
    /// So many in a second, and what ten seconds give at once.
    pub fn per_second(count: u32) -> Self {
        let count = count.max(1);
        Self {
            burst: count.saturating_mul(10),
            every: SignedDuration::from_nanos(1_000_000_000 / i64::from(count)),
        }
    }

    fn room(self) -> SignedDuration {
        let burst = i32::try_from(self.burst.max(1)).unwrap_or(i32::MAX);
        self.every.saturating_mul(burst)
    }
}

/// How often something may happen, for each `K`.
pub struct Rates<K> {
    pace: Pace,
    paid_off_at: Mutex<HashMap<K, Timestamp>>,
}

impl<K: Eq + Hash> Rates<K> {
    /// Everyone may, at this pace.
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            paid_off_at: Mutex::default(),
        }
    }

    /// Does it once more, or says how long to wait until it may be done.
    pub fn take(&self, key: K, now: Timestamp) -> Result<(), SignedDuration> {
        let mut all = self.lock();
        let due = self.due(all.get(&key), now);
        let next = after(due, self.pace.every);
        let wait = now.duration_until(next) - self.pace.room();
        if wait > SignedDuration::ZERO {
            all.insert(key, due);
            return Err(wait);
        }
        if all.len() >= MOST && !all.contains_key(&key) {
            all.retain(|_, at| *at > now);
            if all.len() >= MOST {
                return Ok(());
            }
        }
        all.insert(key, next);
        Ok(())
    }

    /// How long to wait until it may be done once more; nothing if it may be done now.
    pub fn wait(&self, key: &K, now: Timestamp) -> Option<SignedDuration> {
        let due = self.due(self.lock().get(key), now);
        let wait = now.duration_until(after(due, self.pace.every)) - self.pace.room();
        (wait > SignedDuration::ZERO).then_some(wait)
    }

    /// Whether it has been done of late.
    pub fn is_known(&self, key: &K, now: Timestamp) -> bool {
        self.lock().get(key).is_some_and(|at| *at > now)
    }

    /// As if it had never been done.
    pub fn forget(&self, key: &K) {
        self.lock().remove(key);
    }

    /// When all is paid off. A clock that was set back must lock nobody out for longer than the pace does.
    fn due(&self, kept: Option<&Timestamp>, now: Timestamp) -> Timestamp {
        kept.map_or(now, |at| (*at).clamp(now, after(now, self.pace.room())))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Timestamp>> {
        // A moment of a key is whole whatever happened to whoever held the lock.
        self.paid_off_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn after(at: Timestamp, time: SignedDuration) -> Timestamp {
    at.saturating_add(time).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: SignedDuration = SignedDuration::from_secs(1);

    fn start() -> Timestamp {
        "2026-01-02T03:04:05Z".parse().unwrap()
    }

    #[test]
    fn a_burst_passes_and_then_one_in_each_time() {
        let rates = Rates::new(Pace {
            burst: 3,
            every: SECOND * 10,
        });
        let now = start();
        for _ in 0..3 {
            assert_eq!(rates.take("a", now), Ok(()));
        }
        assert_eq!(rates.take("a", now), Err(SECOND * 10));
        assert_eq!(rates.wait(&"a", now), Some(SECOND * 10));
        assert_eq!(rates.take("b", now), Ok(()), "another one");
        let later = now + SECOND * 4;
        assert_eq!(rates.take("a", later), Err(SECOND * 6));
        let later = now + SECOND * 10;
        assert_eq!(rates.take("a", later), Ok(()));
        assert_eq!(rates.take("a", later), Err(SECOND * 10));
    }

    #[test]
    fn a_clock_that_goes_back_locks_nobody_out_for_ever() {
        let rates = Rates::new(Pace::per_second(1));
        let now = start();
        assert_eq!(rates.take((), now), Ok(()));
        let earlier = now - SECOND * 3600;
        assert_eq!(rates.take((), earlier), Err(SECOND));
        assert_eq!(rates.take((), earlier + SECOND), Ok(()));
        rates.forget(&());
        assert_eq!(rates.wait(&(), earlier + SECOND), None);
    }

    #[test]
    fn more_than_can_be_kept_are_let_pass_and_not_kept() {
        let rates = Rates::new(Pace::per_second(1));
        for key in 0..MOST + 10 {
            assert_eq!(rates.take(key, start()), Ok(()));
        }
        assert_eq!(rates.lock().len(), MOST);
        assert_eq!(rates.take(MOST + 10, start() + SECOND * 60), Ok(()));
        assert_eq!(rates.lock().len(), 1, "those that had rested are gone");
    }
}
