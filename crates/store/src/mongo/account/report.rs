//! What jobs found out about the session that they were lent.

use formhand_domain::AccountKey;
use jiff::Timestamp;

use super::{
    super::collections::Collections,
    edit::{Edit, edit},
    session,
};
use crate::{SavedSession, SessionReport, StoreError};

/// Notes a report, if it is about a generation that was made and tells something new.
pub(in super::super) async fn report(
    store: &Collections,
    account: &AccountKey,
    report: SessionReport,
) -> Result<(), StoreError> {
    edit(store, account, |before| {
        let was = session::find_or_cold(&store.seal, before, Timestamp::UNIX_EPOCH)?;
        let (generation, known) = match report {
            SessionReport::Stale(generation) => (generation, was.stale),
            SessionReport::Retire(generation) => (generation, was.retire),
        };
        if generation > was.generation || generation <= known {
            return Ok(Edit::nothing(()));
        }
        let session = match report {
            SessionReport::Stale(stale) => SavedSession { stale, ..was },
            SessionReport::Retire(retire) => SavedSession { retire, ..was },
        };
        Ok(Edit::set(
            session::fields(&store.seal, account, &session)?,
            (),
        ))
    })
    .await
}
