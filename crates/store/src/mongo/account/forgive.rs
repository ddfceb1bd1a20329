//! A person says that an account's credentials are right now.

use formhand_domain::{AccountKey, account::SessionState};
use jiff::Timestamp;
use mongodb::bson::doc;

use super::{
    super::{collections::Collections, document::optional_text},
    edit::{Edit, edit},
    login, session,
};
use crate::{SavedSession, StoreError, time};

/// Forgets refusals, and lets a session that waited for a person start again.
pub(in super::super) async fn forgive(
    store: &Collections,
    account: &AccountKey,
    now: Timestamp,
) -> Result<(), StoreError> {
    edit(store, account, |before| {
        let mut logins = login::all(before);
        for login in &mut logins {
            let result = optional_text(login, "result")?;
            let is_refusal = matches!(result, Some("bad_credentials" | "locked" | "human_needed"));
            if is_refusal && !login.contains_key("forgiven_at") {
                login.insert("forgiven_at", time::stored(now));
            }
        }
        let mut set = doc! { "logins": logins };
        let session = session::find_or_cold(&store.seal, before, now)?;
        let waits = matches!(session.state, SessionState::NeedsHuman { .. });
        if waits {
            set.extend(session::fields(
                &store.seal,
                account,
                &SavedSession {
                    state: SessionState::Cold,
                    saved_at: now,
                    ..session
                },
            )?);
        }
        Ok(Edit {
            told: waits,
            ..Edit::set(set, ())
        })
    })
    .await
}
