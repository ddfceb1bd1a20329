//! What the chain holds beside entries of jobs: acts, and the links of entries whose jobs were removed.

use tokio::sync::mpsc;

use super::{
    super::{chain, db::Db, json},
    stream::{Read, stream},
};
use crate::{
    StoreError,
    copying::{Batch, CopiedAct, CopiedLink},
};

const ACTS: &str = "SELECT seq, at, writer, deed, about, detail, salt, format, digest, link
    FROM audit_acts JOIN audit_chain USING (seq) ORDER BY seq";

const REMOVED: &str = "SELECT seq, digest, link FROM audit_chain
    WHERE NOT EXISTS (SELECT 1 FROM audit WHERE audit.seq = audit_chain.seq)
        AND NOT EXISTS (SELECT 1 FROM audit_acts WHERE audit_acts.seq = audit_chain.seq)
    ORDER BY seq";

/// What an act and a link take, about.
const BYTES: (usize, usize) = (300, 80);

pub(super) fn hand_over(conn: &Db, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
    stream(conn, ACTS, to, Batch::Acts, |row| {
        let act = chain::read_act(row)?.ok_or_else(unreadable)?;
        let salt = chain::salt(row, 6)?.ok_or_else(unreadable)?;
        let what = CopiedAct {
            seq: json::parse(row.get::<_, i64>(0)?.try_into())?,
            act,
            salt,
            bond: chain::bond_of(row, 8)?,
        };
        Ok(Read {
            what,
            bytes: BYTES.0,
        })
    })?;
    stream(conn, REMOVED, to, Batch::Removed, |row| {
        let what = CopiedLink {
            seq: json::parse(row.get::<_, i64>(0)?.try_into())?,
            bond: chain::bond_of(row, 1)?,
        };
        Ok(Read {
            what,
            bytes: BYTES.1,
        })
    })
}

fn unreadable() -> StoreError {
    StoreError::Corrupt("an act of the audit that no Formhand writes".into())
}
