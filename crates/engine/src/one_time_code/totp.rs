//! Makes codes of a secret and the time (RFC 6238: SHA-1, periods of 30 s).

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use formhand_domain::{Clock, Secret};
use jiff::Timestamp;
use tokio::sync::Mutex;

use super::{CodeError, CodeSource, TotpSecret};

/// How long a code stands.
pub(super) const PERIOD: Duration = Duration::from_secs(30);
const PERIOD_MS: i64 = 30_000;

/// Makes codes. Never the same twice, since a portal takes each once (RFC 6238, section 5.2) and counts a second use as
/// a mistake.
pub(super) struct Totp {
    secret: TotpSecret,
    clock: Arc<dyn Clock>,
    /// The last period whose code may have been used.
    used: Mutex<u64>,
}

impl Totp {
    /// The period of the start counts as used: a former process may have used its code and died since.
    pub(super) fn new(secret: TotpSecret, clock: Arc<dyn Clock>) -> Self {
        Self {
            secret,
            used: Mutex::new(period(clock.now())),
            clock,
        }
    }
}

#[async_trait]
impl CodeSource for Totp {
    async fn code(&self, digits: usize) -> Result<Secret, CodeError> {
        if !(6..=8).contains(&digits) {
            return Err(CodeError::Digits(digits));
        }
        let mut used = self.used.lock().await;
        loop {
            match turn(*used, self.clock.now()) {
                Turn::Now(period) => {
                    *used = period;
                    return Ok(self.secret.code(period, digits));
                }
                // The clock may be set back meanwhile, so it is asked again.
                Turn::In(wait) => tokio::time::sleep(wait).await,
            }
        }
    }
}

/// When the next code may be given.
#[derive(Debug, PartialEq, Eq)]
enum Turn {
    /// At once: that of this period.
    Now(u64),
    /// Not before the next period.
    In(Duration),
}

fn turn(used: u64, now: Timestamp) -> Turn {
    let present = period(now);
    if present > used {
        return Turn::Now(present);
    }
    let gone = now.as_millisecond().rem_euclid(PERIOD_MS).unsigned_abs();
    Turn::In(PERIOD.saturating_sub(Duration::from_millis(gone)))
}

fn period(now: Timestamp) -> u64 {
    now.as_millisecond()
        .div_euclid(PERIOD_MS)
        .max(0)
        .unsigned_abs()
}

#[cfg(test)]
mod tests {
    use formhand_domain::ManualClock;
    use jiff::SignedDuration;

    use super::*;

    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn started_at(second: i64) -> (Totp, ManualClock) {
        let clock = ManualClock::at(at(second));
        let secret = TotpSecret::read(&Secret::new(SECRET)).unwrap();
        (Totp::new(secret, Arc::new(clock.clone())), clock)
    }

    #[test]
    fn a_period_has_one_turn_and_the_next_one_is_waited_for() {
        let used = period(at(1_111_111_109));
        let soon = Timestamp::from_millisecond(1_111_111_109_750).unwrap();
        assert_eq!(turn(used, soon), Turn::In(Duration::from_millis(250)));
        assert_eq!(turn(used, at(1_111_111_080)), Turn::In(PERIOD));
        assert_eq!(turn(used, at(1_111_111_110)), Turn::Now(used + 1));
        // A clock that was set back: what was used stays used.
        assert_eq!(
            turn(used + 1, at(1_111_111_100)),
            Turn::In(Duration::from_secs(10))
        );
    }

    #[tokio::test]
    async fn no_code_is_given_twice() {
        let (totp, clock) = started_at(1_111_111_050);
        clock.advance(SignedDuration::from_secs(59));
        assert_eq!(totp.code(8).await.unwrap().expose(), "07081804");
        assert_waits(&totp).await;
        clock.advance(SignedDuration::from_secs(1));
        assert_eq!(totp.code(8).await.unwrap().expose(), "14050471");
    }

    #[tokio::test]
    async fn a_code_that_a_former_process_may_have_used_is_not_given() {
        let (totp, clock) = started_at(1_111_111_081);
        assert_waits(&totp).await;
        clock.advance(SignedDuration::from_secs(30));
        assert_eq!(totp.code(8).await.unwrap().expose(), "14050471");
    }

    #[tokio::test]
    async fn a_length_that_no_code_has_is_refused() {
        let (totp, _) = started_at(0);
        for digits in [0, 5, 9] {
            assert!(matches!(totp.code(digits).await, Err(CodeError::Digits(_))));
        }
    }

    /// Looks once: the answer is a timer's, and no time passes here.
    async fn assert_waits(totp: &Totp) {
        let asked = futures_util::poll!(totp.code(8));
        assert!(asked.is_pending());
    }
}
