//! When what was not taken is tried again. Pure.

use formhand_store::DeliveryState;
use jiff::{SignedDuration, Timestamp, fmt::rfc2822};

/// The pauses before the second and each further try, as the Standard Webhooks specification suggests: three days in all.
pub const SCHEDULE: [SignedDuration; 9] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(14),
    SignedDuration::from_hours(20),
    SignedDuration::from_hours(24),
];

/// A receiver that wants to be left alone for longer is asked all the same.
const LONGEST_WISH: SignedDuration = SignedDuration::from_hours(24);

/// So much of a pause is added at most, so that what failed together does not come back together.
const JITTER: f64 = 0.2;

/// Where a delivery stands that was not taken, after its try number `tries`. `random` is from 0 to 1.
pub(super) fn after_failure(
    tries: u32,
    retry_after: Option<&str>,
    now: Timestamp,
    random: f64,
) -> DeliveryState {
    let pause = usize::try_from(tries)
        .ok()
        .and_then(|tries| SCHEDULE.get(tries.checked_sub(1)?));
    let Some(pause) = pause else {
        return DeliveryState::Failed { at: now };
    };
    let pause = jittered(*pause, random);
    let wish = retry_after.and_then(|text| wish(text, now));
    let pause = wish.map_or(pause, |wish| pause.max(wish.min(LONGEST_WISH)));
    DeliveryState::Pending {
        next_at: now.saturating_add(pause).unwrap_or(Timestamp::MAX),
        tries,
    }
}

fn jittered(pause: SignedDuration, random: f64) -> SignedDuration {
    let more = pause.as_secs_f64() * JITTER * random.clamp(0.0, 1.0);
    pause.saturating_add(SignedDuration::try_from_secs_f64(more).unwrap_or_default())
}

/// What a receiver says of when he wants to be asked again: seconds, or a date.
fn wish(text: &str, now: Timestamp) -> Option<SignedDuration> {
    if let Ok(seconds) = text.trim().parse::<u32>() {
        return Some(SignedDuration::from_secs(i64::from(seconds)));
    }
    let at = rfc2822::parse(text.trim()).ok()?.timestamp();
    Some(at.duration_since(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-01-05T09:00:00Z".parse().unwrap()
    }

    fn pause(tries: u32, retry_after: Option<&str>, random: f64) -> Option<SignedDuration> {
        match after_failure(tries, retry_after, now(), random) {
            DeliveryState::Pending {
                next_at,
                tries: said,
            } => {
                assert_eq!(said, tries);
                Some(next_at.duration_since(now()))
            }
            DeliveryState::Failed { at } => {
                assert_eq!(at, now());
                None
            }
            DeliveryState::Delivered { .. } => panic!("it was not taken"),
        }
    }

    #[test]
    fn pauses_grow_as_the_specification_suggests_and_the_tenth_try_is_the_last() {
        let pauses: Vec<_> = (1..=10).map(|tries| pause(tries, None, 0.0)).collect();
        let expected: Vec<_> = SCHEDULE.into_iter().map(Some).chain([None]).collect();
        assert_eq!(pauses, expected);
    }

    #[test]
    fn a_pause_is_made_longer_by_chance_and_never_shorter() {
        assert_eq!(pause(2, None, 1.0), Some(SignedDuration::from_mins(6)));
        assert_eq!(pause(2, None, 0.5), Some(SignedDuration::from_secs(330)));
    }

    #[test]
    fn a_receiver_may_ask_for_more_time_but_not_for_less_or_for_ever() {
        let seconds = |text: &str| pause(1, Some(text), 0.0).unwrap().as_secs();
        assert_eq!(seconds("120"), 120);
        assert_eq!(seconds("1"), 5);
        assert_eq!(seconds("Mon, 05 Jan 2026 09:10:00 GMT"), 600);
        assert_eq!(seconds("Mon, 05 Jan 2026 08:10:00 GMT"), 5);
        assert_eq!(seconds("4000000000"), 24 * 3600);
        assert_eq!(seconds("tomorrow"), 5);
        assert_eq!(seconds("-7"), 5);
        // The last try is the last, whatever he says.
        assert_eq!(pause(10, Some("60"), 0.0), None);
    }
}
