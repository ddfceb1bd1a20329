//! What the sessions' history comes to.

use formhand_domain::account::{
    AttemptResult, RecoveryCause, RecoveryLevel, SessionEvent, SessionHappening,
};

/// Attempts of a level, and those that helped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tried {
    pub(super) level: RecoveryLevel,
    pub(super) attempts: u32,
    pub(super) recovered: u32,
}

/// Figures of a time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figures {
    /// Each level, also one that was never tried.
    pub(super) levels: Vec<Tried>,
    /// Recoveries that came to an end.
    pub(super) recoveries: u32,
    /// From what showed the end of a session to the moment it was known here: the median, in milliseconds.
    pub(super) detected_ms: Option<u64>,
    /// How long a recovery took: the median, in milliseconds.
    pub(super) recovered_ms: Option<u64>,
    /// Logins that succeeded.
    pub(super) logins: u32,
}

/// Counts events of any order.
pub(super) fn figures<'a>(events: impl Iterator<Item = &'a SessionEvent>) -> Figures {
    let mut levels: Vec<Tried> = RecoveryLevel::ALL
        .iter()
        .map(|level| Tried {
            level: *level,
            attempts: 0,
            recovered: 0,
        })
        .collect();
    let (mut detected, mut recovered) = (Vec::new(), Vec::new());
    let mut logins = 0;
    for event in events {
        match &event.what {
            SessionHappening::LoggedIn { .. } => logins += 1,
            SessionHappening::Expired { detected_ms, .. }
            | SessionHappening::BrowserLost { detected_ms, .. } => detected.extend(*detected_ms),
            SessionHappening::RecoveryEnded {
                cause, duration_ms, ..
            } if is_recovery(*cause) => recovered.push(*duration_ms),
            SessionHappening::RecoveryAttempt {
                cause,
                level,
                result,
                ..
            } if is_recovery(*cause) => {
                for count in levels.iter_mut().filter(|count| count.level == *level) {
                    count.attempts += 1;
                    count.recovered += u32::from(*result == AttemptResult::Recovered);
                }
            }
            _ => {}
        }
    }
    Figures {
        levels,
        recoveries: u32::try_from(recovered.len()).unwrap_or(u32::MAX),
        detected_ms: median(detected),
        recovered_ms: median(recovered),
        logins,
    }
}

/// The first login of a server brings nothing back.
fn is_recovery(cause: RecoveryCause) -> bool {
    !matches!(cause, RecoveryCause::FirstUse | RecoveryCause::TakenOver)
}

fn median(mut values: Vec<u64>) -> Option<u64> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_the_middle_one() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9, 1, 5]), Some(5));
    }
}
