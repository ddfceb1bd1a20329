//! `formhand account list`

use serde::Deserialize;

use super::view::Account;
use crate::cli::{CliError, Exit, Output, client::Client};

#[derive(Deserialize)]
struct Accounts {
    accounts: Vec<Account>,
}

/// Lists the accounts.
pub(super) async fn run(client: &Client, output: Output) -> Result<Exit, CliError> {
    let Accounts { accounts } = client.get(&["api", "accounts"]).await?;
    if output.json {
        output.json(&accounts);
        return Ok(Exit::Done);
    }
    if accounts.is_empty() {
        output.say("no account is configured");
        return Ok(Exit::Done);
    }
    let mut table = output.table(&[
        "ACCOUNT",
        "SESSION",
        "LOGINS",
        "SINCE",
        "NOT BEFORE",
        "REASON",
    ]);
    for account in accounts {
        let moment =
            |at: Option<jiff::Timestamp>| at.map(|at| format!("{at:.0}")).unwrap_or_default();
        table.add_row([
            format!("{}/{}", account.portal, account.name),
            account.state,
            account.generation.to_string(),
            moment(account.since),
            moment(account.until),
            account.reason.unwrap_or_default(),
        ]);
    }
    output.line(&table.trim_fmt());
    Ok(Exit::Done)
}
