//! The promises.

use std::collections::BTreeMap;

use formhand_domain::{BusinessKey, Outcome};

use crate::world::World;

impl World {
    /// No business case is filed twice.
    pub(crate) fn check_filed(&mut self) {
        let mut filed: BTreeMap<&BusinessKey, usize> = BTreeMap::new();
        for (id, key) in &self.jobs {
            *filed.entry(key).or_default() += self.network.filed(*id).len();
        }
        let twice = filed.into_iter().find(|(_, count)| *count > 1);
        if let Some((key, count)) = twice {
            let what = format!("{key:?} is filed {count} times");
            self.broke(what);
        }
    }

    /// Every job that was acknowledged says at its end what is true.
    pub(crate) async fn check_ends(&mut self) {
        for job in self.stored().await {
            let filed = self.network.filed(job.id);
            let is_true = match job.outcome() {
                Outcome::Submitted => {
                    let number = job.receipt().and_then(|receipt| receipt.0.get("number"));
                    filed.len() == 1 && number == filed.first()
                }
                Outcome::NotSubmitted => filed.is_empty(),
                Outcome::Unknown => false,
            };
            if !is_true {
                let what = format!(
                    "{} ends as {} ({}), and the portal has {filed:?}",
                    job.id,
                    job.status(),
                    job.outcome()
                );
                self.broke(what);
            }
        }
    }
}
