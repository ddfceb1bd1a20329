//! The audit does not hold.

use super::{Finding, RuleName, Subject};
use crate::alerts::Facts;

/// Fires as long as the last proof of the audit found something wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditBroken;

impl AuditBroken {
    pub(super) fn check(facts: &Facts) -> Vec<Finding> {
        let broken = facts.audit_broken_at.iter();
        broken
            .map(|seq| Finding {
                rule: RuleName::AuditBroken,
                subject: Subject::Everything,
                text: format!(
                    "The audit is broken at entry {seq}: something was changed, taken out or put in. `formhand audit verify` \
                     says what; keep a copy of the store before anything else is done."
                ),
            })
            .collect()
    }
}
