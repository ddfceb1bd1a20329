//! How a session that is gone is got back.

use std::time::Duration;

use formhand_domain::account::{LevelRules, RecoveryRules};

use super::{
    Checker,
    session::{MOST, signed},
};
use crate::{diagnostic::Span, parse::Spanned, raw};

impl Checker<'_> {
    /// The portal may take `login` to answer a login, and `check` to show whether there is a session.
    pub(super) fn recovery(
        &self,
        raw: Option<&Spanned<raw::Recovery>>,
        login: Duration,
        check: Duration,
    ) -> Option<RecoveryRules> {
        let usual = RecoveryRules::default();
        // A try has both, whatever time a slow portal is given for them.
        let whole = check.saturating_add(login);
        let patient = |level: LevelRules| LevelRules {
            limit: level.limit.max(whole),
            ..level
        };
        let nothing = raw::Recovery::default();
        let (span, value) = raw.map_or((Span::default(), &nothing), |raw| (raw.span, &raw.value));
        let soft = self.level(&value.soft, patient(usual.soft), login);
        let hard = self.level(&value.hard, patient(usual.hard), login);
        let nuclear = self.level(&value.nuclear, patient(usual.nuclear), login);
        let backups = self.count(value.backups.as_ref(), usual.backups);
        let rules = RecoveryRules {
            soft: soft?,
            hard: hard?,
            nuclear: nuclear?,
            cool_down: value
                .cool_down
                .map_or(usual.cool_down, |time| signed(time.0)),
            backups: backups?,
        };
        if [rules.soft, rules.hard, rules.nuclear].map(|level| level.attempts) == [0; 3] {
            return self.error(
                span,
                "every level is left out, so nothing would ever log in",
                "one of them needs a try, such as `soft: {tries: 3}`",
            );
        }
        Some(rules)
    }

    fn level(&self, raw: &raw::Level, usual: LevelRules, login: Duration) -> Option<LevelRules> {
        let attempts = match &raw.tries {
            None => usual.attempts,
            Some(tries) if tries.value <= MOST => tries.value,
            Some(tries) => {
                let help = format!("such as {}; 0 leaves the level out", usual.attempts);
                return self.error(tries.span, "nobody has the time for so many", help);
            }
        };
        let limit = match &raw.limit {
            None => usual.limit,
            Some(limit) if limit.value.0 < login && attempts > 0 => {
                let login = raw::Duration(login);
                return self.error(
                    limit.span,
                    format!("a try would be over before a login is: `login_timeout` is {login}"),
                    format!("such as `limit: {}`", raw::Duration(usual.limit)),
                );
            }
            Some(limit) => limit.value.0,
        };
        Some(LevelRules {
            attempts,
            limit,
            pause: raw.pause.map_or(usual.pause, |time| time.0),
        })
    }
}
