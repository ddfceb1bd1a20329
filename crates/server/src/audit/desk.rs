//! What a person asks of the audit's proof, at any server.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use formhand_domain::Clock;
use formhand_store::{Store, StoreError, verify};

use super::Verdict;

/// The name of the slate with the last verdict.
const NAME: &str = "audit-verdict";

/// Proves the audit, one proof at a time.
#[derive(Clone)]
pub struct AuditDesk {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    is_proving: Arc<AtomicBool>,
}

/// A proof that is under way. It is over when this goes.
pub(crate) struct Turn(AuditDesk);

impl AuditDesk {
    /// A desk over a store. Nothing is proved by it.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            clock,
            is_proving: Arc::default(),
        }
    }

    /// What the last proof came to; nothing before the first.
    pub(crate) async fn verdict(&self) -> Result<Option<Verdict>, StoreError> {
        verdict(&*self.store).await
    }

    /// Whether this server proves it at present.
    pub(crate) fn is_proving(&self) -> bool {
        self.is_proving.load(Ordering::Acquire)
    }

    /// The right to prove it; nothing while another proof is under way.
    pub(crate) fn take_turn(&self) -> Option<Turn> {
        let was_proving = self.is_proving.swap(true, Ordering::AcqRel);
        (!was_proving).then(|| Turn(self.clone()))
    }

    pub(super) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }
}

impl Turn {
    /// Goes through all of the audit and writes down what came of it.
    pub(crate) async fn prove(self) -> Result<Verdict, StoreError> {
        let AuditDesk { store, clock, .. } = &self.0;
        let (revision, was) = read(&**store).await?;
        let kept = was.as_ref().and_then(Verdict::kept);
        let proved = verify(&**store, kept, |_| ()).await?;
        let verdict = Verdict::of(proved, was, clock.now());
        match &verdict.broken {
            None => tracing::info!(entries = verdict.entries, "the audit holds"),
            Some(broken) => tracing::error!(
                code = "audit_broken",
                seq = broken.seq,
                fault = broken.fault,
                "the audit is broken: docs/AUDIT.md says what to do"
            ),
        }
        let text = serde_json::to_string(&verdict)
            .map_err(|error| StoreError::Backend(format!("encode: {error}")))?;
        // Whoever was faster has proved the same.
        store.write_slate(NAME, revision, &text).await?;
        Ok(verdict)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.is_proving.store(false, Ordering::Release);
    }
}

/// The verdict of a store; nothing before the first.
pub(crate) async fn verdict(store: &dyn Store) -> Result<Option<Verdict>, StoreError> {
    Ok(read(store).await?.1)
}

/// The verdict and its revision. One that this Formhand cannot read is none.
async fn read(store: &dyn Store) -> Result<(u64, Option<Verdict>), StoreError> {
    let slate = store.slate(NAME).await?;
    let verdict = slate
        .as_ref()
        .map(|slate| serde_json::from_str(&slate.text));
    Ok((
        slate.map_or(0, |slate| slate.revision),
        verdict.and_then(Result::ok),
    ))
}

#[cfg(test)]
mod tests {
    use formhand_domain::{ManualClock, NodeId};
    use formhand_store::{Act, Deed, Deeds as _, SqliteStore};
    use jiff::Timestamp;

    use super::*;

    async fn drained(store: &SqliteStore) {
        let drain = Deed::Drain(NodeId::new("node-1").unwrap());
        let act = Act::of_person("mina", drain, Timestamp::UNIX_EPOCH);
        store.note(act).await.unwrap();
    }

    #[tokio::test]
    async fn one_proof_at_a_time_and_each_looks_for_the_head_of_the_last_that_held() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("formhand.db");
        let store = Arc::new(SqliteStore::open(&file).unwrap());
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let desk = AuditDesk::new(store.clone(), clock);
        for _ in 0..3 {
            drained(&store).await;
        }
        let turn = desk.take_turn().unwrap();
        assert!(desk.take_turn().is_none() && desk.is_proving());
        let held = turn.prove().await.unwrap();
        assert_eq!((held.entries, held.broken_at()), (3, None));
        assert!(!desk.is_proving());

        let conn = rusqlite::Connection::open(&file).unwrap();
        conn.execute_batch(
            "DROP TRIGGER audit_chain_is_not_removed; DROP TRIGGER audit_acts_are_not_removed;
            DELETE FROM audit_chain WHERE seq = 3; DELETE FROM audit_acts WHERE seq = 3;",
        )
        .unwrap();
        for _ in 0..2 {
            let cut = desk.take_turn().unwrap().prove().await.unwrap();
            assert_eq!(cut.broken_at(), Some(3));
            assert_eq!(cut.head, held.head, "it is looked for again");
            assert_eq!(desk.verdict().await.unwrap(), Some(cut));
        }
    }
}
