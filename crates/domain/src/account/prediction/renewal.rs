//! When to log in anew ahead of the session's end.

use jiff::SignedDuration;

use super::{Life, Survival, ageing};

/// When a session is renewed.
///
/// Age replacement: R. E. Barlow and L. C. Hunter, "Optimum Preventive Maintenance Policies", Operations Research 8
/// (1960), 90–100. A session that is renewed at age t or expires before costs one login if it is renewed and `worth`
/// logins if it expires, so over a long time `(worth · F(t) + S(t)) / ∫₀ᵗ S`, with S the share that lives beyond an
/// age and F the rest. The age is taken at which that is least.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RenewalPolicy {
    /// How many planned logins one expiry is worth that jobs meet.
    pub worth: f64,
    /// With fewer lives nothing is planned.
    pub least_lives: usize,
    /// So many of the newest lives count. More know better, and notice a change of the portal later.
    pub most_lives: usize,
}

impl Default for RenewalPolicy {
    fn default() -> Self {
        Self {
            worth: 5.0,
            least_lives: 5,
            // Of a hundred renewals of a session of a fixed life three are skipped to see whether it still ends
            // there; of fifty it would be three as well.
            most_lives: 100,
        }
    }
}

/// A renewal is begun this share of a session's life before its end: a login takes a while, and no two sessions live
/// equally long to the second.
const AHEAD: f64 = 0.05;

impl RenewalPolicy {
    /// The age at which to renew a session after these lives, oldest first. Nothing when it should be left to its
    /// end: because too little is known, because sessions do not age, or because it would cost more than it is worth.
    ///
    /// Renewing hides what it prevents: a life that was renewed says of its end only that it came later. When too few
    /// ends are left among the lives, nothing is planned until new ones were seen. So a portal whose sessions live
    /// longer than before is noticed, at the price of a few expiries.
    pub fn renew_at(&self, lives: &[Life]) -> Option<SignedDuration> {
        let lives = &lives[lives.len().saturating_sub(self.most_lives)..];
        if lives.len() < self.least_lives || !ageing::age(lives) {
            return None;
        }
        let survival = Survival::of(lives);
        let longest = lives.iter().map(Life::age).max()?;
        // Whoever waits meets every expiry.
        let waiting = self.worth / survival.mean_up_to(longest).as_secs_f64();
        candidates(lives, longest)
            .map(|age| (age, self.cost(&survival, age)))
            .filter(|(_, cost)| *cost < waiting)
            .min_by(|(_, a), (_, b)| a.total_cmp(b))
            .map(|(age, _)| age)
    }

    /// What renewing at this age costs, in logins a second.
    fn cost(&self, survival: &Survival, age: SignedDuration) -> f64 {
        let renewed = survival.at(age);
        let logins = self.worth * (1.0 - renewed) + renewed;
        logins / survival.mean_up_to(age).as_secs_f64()
    }
}

/// The ages that can be best. Between two expiries the curve is level, and a later age is better; so it is just
/// before an expiry, where the session was surely alive, or as late as anybody has renewed one yet.
fn candidates(
    lives: &[Life],
    longest: SignedDuration,
) -> impl Iterator<Item = SignedDuration> + '_ {
    lives
        .iter()
        .filter_map(move |life| {
            if life.expired() {
                Some(life.lasted.mul_f64(1.0 - AHEAD))
            } else {
                (life.lasted == longest).then_some(longest)
            }
        })
        .filter(SignedDuration::is_positive)
}
