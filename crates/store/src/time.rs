//! Times as the columns hold them: whole microseconds since 1970.

use jiff::Timestamp;

use crate::StoreError;

/// A stored time, rounded up: what the column calls due or expired is so to the nanosecond.
pub(crate) fn stored(at: Timestamp) -> i64 {
    let micros = at.as_microsecond();
    micros + i64::from(at.subsec_nanosecond() % 1_000 > 0)
}

/// The present moment, rounded down, to compare stored times with.
pub(crate) fn present(now: Timestamp) -> i64 {
    now.as_microsecond()
}

/// A stored time, read back.
pub(crate) fn read(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros)
        .map_err(|error| StoreError::Corrupt(format!("time {micros}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_time_is_never_earlier_than_the_time_itself() {
        for nanosecond in [0, 1, 999, 1_000, 1_001, -1, -999, -1_000, -1_001] {
            let at = Timestamp::from_nanosecond(nanosecond).unwrap();
            assert!(read(stored(at)).unwrap() >= at, "{nanosecond}");
            assert!(
                present(at) <= 0 || read(present(at)).unwrap() <= at,
                "{nanosecond}"
            );
        }
    }
}
