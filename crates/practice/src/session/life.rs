//! How long a session lives from its login, whatever it does.

use std::time::Duration;

use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

use crate::options::OptionError;

/// The life of a session from its login, whatever it does. Each login draws one.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "shape", rename_all = "snake_case", deny_unknown_fields)]
pub enum SessionLife {
    /// All live equally long.
    Fixed {
        /// So long.
        ms: u64,
    },
    /// Without memory: an old session is as likely to end in the next moment as a fresh one.
    Exponential {
        /// The mean.
        mean_ms: u64,
    },
    /// Weibull: with a power above 1, a session is the more likely to end the older it is.
    Weibull {
        /// The age that 37 of 100 sessions outlive.
        scale_ms: u64,
        /// How sharply the lives lie around it; 1 is exponential.
        power: f64,
    },
}

impl SessionLife {
    /// Whether lives can be drawn from it.
    pub fn check(self) -> Result<(), OptionError> {
        let (setting, is_fine) = match self {
            Self::Fixed { ms } => ("ms", ms > 0),
            Self::Exponential { mean_ms } => ("mean_ms", mean_ms > 0),
            Self::Weibull { scale_ms: 0, .. } => ("scale_ms", false),
            Self::Weibull { power, .. } => ("power", power.is_finite() && power > 0.0),
        };
        if is_fine {
            Ok(())
        } else {
            Err(OptionError::SessionLife { setting })
        }
    }

    /// One life. Takes one number, whatever the shape, so that the n-th login always meets the n-th number.
    pub(crate) fn draw(self, rng: &mut impl Rng) -> Duration {
        // The share of sessions that live longer: above 0, at most 1.
        let share = 1.0 - rng.random::<f64>();
        let (scale_ms, factor) = match self {
            Self::Fixed { ms } => (ms, 1.0),
            Self::Exponential { mean_ms } => (mean_ms, -share.ln()),
            Self::Weibull { scale_ms, power } => (scale_ms, (-share.ln()).powf(power.recip())),
        };
        let life_s = Duration::from_millis(scale_ms).as_secs_f64() * factor;
        Duration::try_from_secs_f64(life_s).unwrap_or(Duration::MAX)
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    const MANY: usize = 20_000;

    fn lives(life: SessionLife) -> Vec<f64> {
        let mut rng = StdRng::seed_from_u64(7);
        (0..MANY)
            .map(|_| life.draw(&mut rng).as_secs_f64())
            .collect()
    }

    fn share_above(lives: &[f64], age_s: f64) -> f64 {
        let count = lives.iter().filter(|life| **life > age_s).count();
        f64::from(u32::try_from(count).unwrap()) / f64::from(u32::try_from(lives.len()).unwrap())
    }

    #[test]
    fn lives_have_the_shape_that_was_asked_for() {
        let fixed = lives(SessionLife::Fixed { ms: 1500 });
        assert!(
            fixed
                .iter()
                .all(|life| Duration::from_secs_f64(*life) == Duration::from_millis(1500))
        );
        let exponential = lives(SessionLife::Exponential { mean_ms: 1000 });
        let weibull = lives(SessionLife::Weibull {
            scale_ms: 1000,
            power: 3.0,
        });
        for age_s in [0.25_f64, 0.5, 1.0, 1.5] {
            let expected = [(&exponential, 1.0), (&weibull, 3.0)];
            for (lives, power) in expected {
                let (found, wanted) = (share_above(lives, age_s), (-age_s.powf(power)).exp());
                assert!(
                    (found - wanted).abs() < 0.02,
                    "{found} of power {power} outlive {age_s} s"
                );
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_lives() {
        let life = SessionLife::Exponential { mean_ms: 1000 };
        assert_eq!(lives(life), lives(life));
    }

    #[test]
    fn a_life_that_cannot_be_drawn_is_refused() {
        let nothing = SessionLife::Fixed { ms: 0 };
        assert_eq!(
            nothing.check().unwrap_err().to_string(),
            "`ms` of a session life must be above 0"
        );
        for power in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let life = SessionLife::Weibull { scale_ms: 1, power };
            assert!(life.check().is_err(), "{power}");
        }
        let error = serde_json::from_str::<SessionLife>(r#"{"shape":"fixd","ms":1}"#).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("expected one of `fixed`"), "{error}");
    }
}
