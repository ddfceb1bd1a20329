//! Sharing what clones of a session are made of.

use formhand_domain::{AccountKey, FencingToken, Generation};
use jiff::Timestamp;
use mongodb::{
    bson::{Binary, Bson, doc, spec::BinarySubtype},
    options::ReadConcern,
};

use super::{
    super::{
        collections::Collections,
        document::{count, stored},
        error::is_taken,
    },
    edit::{Edit, check_keeper, edit},
    session,
};
use crate::{SealedCopy, StoreError, rules, time};

/// Shares a copy of the present generation.
///
/// It is a document of its own. A former keeper that writes late is refused there too: its token is lower than that of
/// whoever shared after it, and a copy of another generation than the session's is not used.
pub(in super::super) async fn share(
    store: &Collections,
    account: &AccountKey,
    keeper: FencingToken,
    copy: SealedCopy,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !is_present(store, account, keeper, copy.generation, now).await? {
        return Ok(());
    }
    let id = account.to_string();
    let token = stored(keeper.0)?;
    let document = doc! {
        "_id": &id,
        "keeper_token": token,
        "generation": stored(copy.generation.0)?,
        "sealed": Binary { subtype: BinarySubtype::Generic, bytes: copy.sealed },
        "shared_at": time::stored(now),
    };
    let not_newer = doc! { "_id": &id, "keeper_token": { "$lte": token } };
    let written = store
        .copies
        .replace_one(not_newer, document)
        .upsert(true)
        .await;
    match written {
        Ok(_) => {}
        // The one that is there is of a newer keeper.
        Err(error) if is_taken(&error) => return Err(StoreError::NotKeeper(account.clone())),
        Err(error) => return Err(error.into()),
    }
    tell(store, account).await
}

async fn is_present(
    store: &Collections,
    account: &AccountKey,
    keeper: FencingToken,
    generation: Generation,
    now: Timestamp,
) -> Result<bool, StoreError> {
    edit(store, account, |before| {
        check_keeper(before, account, Some(keeper))?;
        let present = session::find_or_cold(&store.seal, before, now)?.generation;
        if generation > present {
            return Err(rules::never_made(account, generation, present));
        }
        Ok(Edit::nothing(generation == present))
    })
    .await
}

/// Whoever waits for the copy waits for a change of the session.
async fn tell(store: &Collections, account: &AccountKey) -> Result<(), StoreError> {
    let id = doc! { "_id": account.to_string() };
    store
        .accounts
        .update_one(id, doc! { "$inc": { "signal": 1_i64 } })
        .await?;
    Ok(())
}

/// What was shared of the account's session.
pub(in super::super) async fn shared(
    store: &Collections,
    account: &AccountKey,
) -> Result<Option<SealedCopy>, StoreError> {
    let found = store
        .copies
        .find_one(doc! { "_id": account.to_string() })
        .read_concern(ReadConcern::majority())
        .await?;
    let Some(found) = found else { return Ok(None) };
    let sealed = match found.get("sealed") {
        Some(Bson::Binary(binary)) => binary.bytes.clone(),
        _ => {
            return Err(StoreError::Corrupt(
                "a copy of a session that is none".into(),
            ));
        }
    };
    Ok(Some(SealedCopy {
        generation: Generation(count(&found, "generation")?),
        sealed,
    }))
}
