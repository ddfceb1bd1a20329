//! A portal used words that its definition does not know.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Finding, RuleName, Subject};
use crate::alerts::Facts;

/// Fires as long as a job of a portal has failed with `unknown_message` within the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownWords {
    /// How far back is looked.
    pub window: SignedDuration,
}

impl Default for UnknownWords {
    fn default() -> Self {
        Self {
            window: SignedDuration::from_hours(1),
        }
    }
}

impl UnknownWords {
    pub(super) fn check(self, facts: &Facts, now: Timestamp) -> Vec<Finding> {
        let words = facts.unknown_words.iter();
        let recent = words.filter(|words| now.duration_since(words.at) <= self.window);
        // The newest of each portal stands for the others. Its words may quote a record, so they are not told.
        let newest: BTreeMap<_, _> = recent.map(|words| (&words.portal, words)).collect();
        newest
            .into_iter()
            .map(|(portal, words)| Finding {
                rule: RuleName::UnknownWords,
                subject: Subject::Portal(portal.clone()),
                text: format!(
                    "{portal} said something at {:.0} that its definition does not know: `formhand job show {}`. \
                     Add it to `messages` of the definition, so that it is known what it means.",
                    words.at, words.job
                ),
            })
            .collect()
    }
}
