//! An event as a document.

use formhand_domain::{AccountKey, AccountName, Generation, PortalName, account::SessionEvent};
use mongodb::bson::{Document, doc};

use super::super::document::{count, number, state, stored, text};
use crate::{SessionEntry, StoreError, json, time};

/// The document of an event, under its number.
pub(in super::super) fn document(
    seq: i64,
    number: i64,
    account: &AccountKey,
    event: &SessionEvent,
) -> Result<Document, StoreError> {
    Ok(doc! {
        "_id": seq,
        "at": time::stored(event.at),
        "portal": account.portal.as_str(),
        "account": account.account.as_str(),
        "number": number,
        "generation": stored(event.generation.0)?,
        "event": event.what.name(),
        "detail": json::encode(&event.what)?,
        "format": json::FORMAT,
    })
}

/// Reads an event.
pub(in super::super) fn entry(document: &Document) -> Result<SessionEntry, StoreError> {
    Ok(SessionEntry {
        seq: count(document, "_id")?,
        account: AccountKey {
            portal: json::parse(PortalName::new(text(document, "portal")?))?,
            account: json::parse(AccountName::new(text(document, "account")?))?,
        },
        event: SessionEvent {
            at: time::read(number(document, "at")?)?,
            generation: Generation(count(document, "generation")?),
            what: state(document, "detail")?,
        },
    })
}
