//! Logins at a browser: how many may fail.

use jiff::{SignedDuration, Timestamp};

use super::{Pace, Place, Rates};

/// Enough for a person who mistakes one token for another, and nothing for a program that tries many.
const OF_A_PLACE: Pace = Pace {
    burst: 5,
    every: SignedDuration::from_secs(30),
};

/// Of all places together: whoever tries from many gets no more than this.
const OF_ALL: Pace = Pace {
    burst: 100,
    every: SignedDuration::from_secs(3),
};

/// How many logins failed, and where.
///
/// Whatever others do, a place that has not failed of late may always try once: nobody is locked out by others.
pub struct Attempts {
    of_place: Rates<Place>,
    of_all: Rates<()>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            of_place: Rates::new(OF_A_PLACE),
            of_all: Rates::new(OF_ALL),
        }
    }
}

impl Attempts {
    /// Counts an attempt, as a failed one until [`succeeded`](Self::succeeded) says otherwise, or says how long to wait
    /// until there may be another. So many at once cannot all be before the first one has failed.
    pub fn begin(&self, place: Place, now: Timestamp) -> Result<(), SignedDuration> {
        let has_failed = self.of_place.is_known(&place, now);
        if has_failed && let Some(wait) = self.of_all.wait(&(), now) {
            return Err(wait);
        }
        self.of_place.take(place, now)?;
        // Whether there was room or not: this place had none of its own before.
        let _ = self.of_all.take((), now);
        Ok(())
    }

    /// The attempt was a good one.
    pub fn succeeded(&self, place: Place) {
        self.of_place.forget(&place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(last: u8) -> Place {
        Place::of(Some([10, 0, 0, last].into()))
    }

    fn start() -> Timestamp {
        "2026-01-02T03:04:05Z".parse().unwrap()
    }

    #[test]
    fn a_place_that_fails_waits_and_others_do_not() {
        let attempts = Attempts::default();
        for _ in 0..5 {
            assert_eq!(attempts.begin(place(1), start()), Ok(()));
        }
        let wait = attempts.begin(place(1), start()).unwrap_err();
        assert_eq!(wait, SignedDuration::from_secs(30));
        assert_eq!(attempts.begin(place(2), start()), Ok(()));
        assert_eq!(attempts.begin(place(1), start() + wait), Ok(()));
    }

    #[test]
    fn a_good_login_makes_up_for_the_failed_ones() {
        let attempts = Attempts::default();
        for _ in 0..20 {
            assert_eq!(attempts.begin(place(1), start()), Ok(()));
            attempts.succeeded(place(1));
        }
    }

    #[test]
    fn many_places_that_fail_are_stopped_and_a_new_one_is_not_locked_out() {
        let attempts = Attempts::default();
        let mut passed = 0;
        for last in 0..100 {
            for _ in 0..5 {
                passed += u32::from(attempts.begin(place(last), start()).is_ok());
            }
        }
        assert!((100..=200).contains(&passed), "{passed} passed");
        assert!(attempts.begin(place(0), start()).is_err());
        assert_eq!(attempts.begin(place(200), start()), Ok(()));
    }
}
