//! What servers have written down for one another, such as what is known of alerts, and silences.

use tokio::sync::mpsc;

use super::{
    super::{db::Db, json},
    stream::{Read, stream},
};
use crate::{
    Slate, StoreError,
    copying::{Batch, CopiedSlate},
};

const ALL: &str = "SELECT name, revision, text FROM slates";

pub(super) fn hand_over(conn: &Db, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
    stream(conn, ALL, to, Batch::Slates, |row| {
        let slate = Slate {
            revision: json::parse(row.get::<_, i64>(1)?.try_into())?,
            text: row.get(2)?,
        };
        let bytes = slate.text.len();
        let name = row.get(0)?;
        Ok(Read {
            what: CopiedSlate { name, slate },
            bytes,
        })
    })
}
