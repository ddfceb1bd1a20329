//! An event as a document.

use formhand_domain::{AccountKey, AccountName, Generation, PortalName, account::SessionEvent};
use mongodb::bson::{Document, doc};

use super::super::document::{count, number, stored, text};
use crate::{
    SessionEntry, StoreError, json,
    seal::{Places, Seal},
    time,
};

/// The document of an event, under its number.
pub(in super::super) fn document(
    seal: &Seal,
    seq: i64,
    number: i64,
    account: &AccountKey,
    event: &SessionEvent,
) -> Result<Document, StoreError> {
    let (portal, name) = (account.portal.as_str(), account.account.as_str());
    let place = Places::session_event(portal, name, number);
    let detail = json::encode(&event.what)?;
    Ok(doc! {
        "_id": seq,
        "at": time::stored(event.at),
        "portal": account.portal.as_str(),
        "account": account.account.as_str(),
        "number": number,
        "generation": stored(event.generation.0)?,
        "event": event.what.name(),
        "detail": seal.object(&place, ("event", event.what.name()), detail),
        "format": json::FORMAT,
    })
}

/// Reads an event.
pub(in super::super) fn entry(
    seal: &Seal,
    document: &Document,
) -> Result<SessionEntry, StoreError> {
    let place = Places::session_event(
        text(document, "portal")?,
        text(document, "account")?,
        number(document, "number")?,
    );
    let detail = seal.open_object(&place, text(document, "detail")?.to_owned())?;
    Ok(SessionEntry {
        seq: count(document, "_id")?,
        account: AccountKey {
            portal: json::parse(PortalName::new(text(document, "portal")?))?,
            account: json::parse(AccountName::new(text(document, "account")?))?,
        },
        event: SessionEvent {
            at: time::read(number(document, "at")?)?,
            generation: Generation(count(document, "generation")?),
            what: json::decode(number(document, "format")?, &detail)?,
        },
    })
}
