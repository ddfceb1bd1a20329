//! Allowing a login, counting it before it is tried, and saying how it ended.

use formhand_domain::{
    AccountKey, FencingToken,
    account::{BudgetRefusal, LoginBudget, LoginRecord, LoginResult},
};
use jiff::{SignedDuration, Timestamp};
use mongodb::bson::{Bson, Document, doc};

use super::{
    super::{
        collections::Collections,
        document::{count, number, optional_number, optional_text, stored, text},
    },
    edit::{Edit, check_keeper, edit},
    session,
};
use crate::{LoginTicket, SavedSession, StoreError, json, rules, time};

/// Tries are kept this long for a person to look at, and at least for the budget's own stretch.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Counts a login try and allows it, or says why not.
pub(in super::super) async fn begin(
    store: &Collections,
    account: &AccountKey,
    keeper: Option<FencingToken>,
    credentials: &str,
    budget: LoginBudget,
    now: Timestamp,
) -> Result<Result<LoginTicket, BudgetRefusal>, StoreError> {
    edit(store, account, |before| {
        check_keeper(before, account, keeper)?;
        let mut logins = kept(before, budget, now)?;
        let history: Vec<LoginRecord> = logins.iter().map(record).collect::<Result<_, _>>()?;
        if let Err(refusal) = budget.check(&history, credentials, now) {
            return Ok(Edit::nothing(Err(refusal)));
        }
        let ticket = optional_number(before, "last_ticket")?.unwrap_or_default() + 1;
        let mut login = doc! {
            "ticket": ticket,
            "at": time::stored(now),
            "credentials": credentials,
        };
        if let Some(FencingToken(token)) = keeper {
            login.insert("keeper_token", stored(token)?);
        }
        logins.push(login);
        let ticket_answer = LoginTicket(json::parse(u64::try_from(ticket))?);
        let set = doc! { "logins": logins, "last_ticket": ticket };
        Ok(Edit {
            told: false,
            ..Edit::set(set, Ok(ticket_answer))
        })
    })
    .await
}

/// Records the result. A success makes the account's next generation, if whoever tried still keeps its session.
pub(in super::super) async fn finish(
    store: &Collections,
    account: &AccountKey,
    ticket: LoginTicket,
    result: LoginResult,
    now: Timestamp,
) -> Result<SavedSession, StoreError> {
    edit(store, account, |before| {
        let mut logins = all(before);
        let login = logins
            .iter_mut()
            .find(|login| count(login, "ticket") == Ok(ticket.0))
            .ok_or_else(|| {
                StoreError::Backend(format!("account {account} has no login {}", ticket.0))
            })?;
        let saved = session::find_or_cold(&store.seal, before, now)?;
        let token = optional_number(login, "keeper_token")?;
        let keeper = token
            .map(|token| json::parse(u64::try_from(token)))
            .transpose()?;
        let is_keeper = check_keeper(before, account, keeper.map(FencingToken)).is_ok();
        let answer = if is_keeper {
            Ok(saved.clone())
        } else {
            Err(StoreError::NotKeeper(account.clone()))
        };
        if optional_text(login, "result")?.is_some() {
            // It was said before; the first word stands.
            return Ok(Edit::nothing(answer));
        }
        login.insert("result", json::encode(&result)?.trim_matches('"'));
        login.insert("finished_at", time::stored(now));
        let mut set = doc! { "logins": logins };
        if !is_keeper || result != LoginResult::Succeeded {
            return Ok(Edit {
                told: false,
                ..Edit::set(set, answer)
            });
        }
        let session = rules::active_now(&saved, now);
        set.extend(session::fields(&store.seal, account, &session)?);
        Ok(Edit::set(set, Ok(session)))
    })
    .await?
}

/// The tries of an account's document.
pub(super) fn all(document: &Document) -> Vec<Document> {
    let logins = document.get_array("logins").map_or(&[][..], Vec::as_slice);
    logins
        .iter()
        .filter_map(Bson::as_document)
        .cloned()
        .collect()
}

/// Without old tries, but always with the last answer that the portal gave to each login: it decides whether the same
/// credentials may be tried again, after however long a time.
fn kept(
    document: &Document,
    budget: LoginBudget,
    now: Timestamp,
) -> Result<Vec<Document>, StoreError> {
    let oldest = now
        .saturating_sub(KEPT.max(budget.per))
        .unwrap_or(Timestamp::MIN);
    let oldest = time::present(oldest);
    let logins = all(document);
    let mut answers = std::collections::BTreeMap::new();
    for login in &logins {
        if is_answer(login)? {
            answers.insert(
                text(login, "credentials")?.to_owned(),
                number(login, "ticket")?,
            );
        }
    }
    let mut kept = Vec::new();
    for login in &logins {
        let is_young = number(login, "at")? >= oldest;
        if is_young
            || answers
                .values()
                .any(|last| number(login, "ticket") == Ok(*last))
        {
            kept.push(login.clone());
        }
    }
    Ok(kept)
}

/// Whether the portal said something of the credentials, and nobody has forgiven it.
fn is_answer(login: &Document) -> Result<bool, StoreError> {
    let result = optional_text(login, "result")?;
    let is_answer = matches!(
        result,
        Some("succeeded" | "bad_credentials" | "locked" | "human_needed")
    );
    Ok(is_answer && !login.contains_key("forgiven_at"))
}

fn record(login: &Document) -> Result<LoginRecord, StoreError> {
    let result = optional_text(login, "result")?;
    let result = result.map(|result| json::decode(json::FORMAT, &format!("\"{result}\"")));
    Ok(LoginRecord {
        at: time::read(number(login, "at")?)?,
        credentials: text(login, "credentials")?.to_owned(),
        // It still counts, since the portal counted it too.
        result: if login.contains_key("forgiven_at") {
            Some(LoginResult::Failed)
        } else {
            result.transpose()?
        },
    })
}
