//! From a document to a record.

use serde_json::Value;

use super::{
    condition::unmet,
    identity::{account, caller_id},
    record::Writer,
};
use crate::mapping::{Mapped, Mapping, Unmapped, Unmet};

impl Mapping {
    /// Makes a record of a document, which is JSON in `MongoDB`'s relaxed extended form.
    pub fn map(&self, document: &Value) -> Result<Mapped, Unmapped> {
        let waits_for: Vec<Unmet> = self
            .when
            .iter()
            .filter_map(|condition| unmet(condition, document))
            .collect();
        if !waits_for.is_empty() {
            return Err(Unmapped::NotYet(waits_for));
        }
        let caller_id = caller_id(&self.caller_id, document);
        let account = account(&self.account, document);
        let mut writer = Writer::default();
        let record = writer.record(&self.record, document);
        match (caller_id, account) {
            (Ok(caller_id), Ok(account)) if writer.problems.is_empty() => Ok(Mapped {
                portal: self.portal.clone(),
                flow: self.flow.clone(),
                account,
                caller_id,
                record,
            }),
            (caller_id, account) => {
                let identity = [caller_id.err(), account.err()].into_iter().flatten();
                Err(Unmapped::Broken(identity.chain(writer.problems).collect()))
            }
        }
    }
}
