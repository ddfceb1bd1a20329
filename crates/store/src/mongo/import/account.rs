//! What belongs to an account, as its document.

use mongodb::bson::{Document, doc};

use super::super::account::session_fields;
use crate::{
    StoreError,
    copying::{CopiedAccount, CopiedLogin},
    seal::Seal,
};

pub(super) fn document(seal: &Seal, copied: &CopiedAccount) -> Result<Document, StoreError> {
    let CopiedAccount {
        account,
        session,
        logins,
        wish,
        keeper_token,
    } = copied;
    let mut document = doc! {
        "_id": account.to_string(),
        "portal": account.portal.as_str(),
        "account": account.account.as_str(),
        "revision": 1_i64,
        "signal": 1_i64,
    };
    if let Some(session) = session {
        document.extend(session_fields(seal, account, session)?);
    }
    // Those that follow have higher ones.
    if let Some(last) = logins.iter().map(|login| login.ticket).max() {
        let logins: Vec<Document> = logins.iter().map(login).collect();
        document.insert("last_ticket", last);
        document.insert("logins", logins);
    }
    if let Some(wish) = wish {
        document.insert("wish", &wish.wish);
        document.insert("wished_at", wish.wished_at);
    }
    if let Some(token) = keeper_token {
        document.insert("keeper_token", *token);
    }
    Ok(document)
}

fn login(copied: &CopiedLogin) -> Document {
    let mut login = doc! {
        "ticket": copied.ticket,
        "at": copied.at,
        "credentials": &copied.credentials,
    };
    if let Some(result) = &copied.result {
        login.insert("result", result);
    }
    let numbers = [
        ("finished_at", copied.finished_at),
        ("forgiven_at", copied.forgiven_at),
        ("keeper_token", copied.keeper_token),
    ];
    for (field, number) in numbers {
        if let Some(number) = number {
            login.insert(field, number);
        }
    }
    login
}
