//! `formhand account forgive PORTAL/NAME`

use clap::Args;
use serde_json::json;

use super::view::Account;
use crate::cli::{CliError, Exit, Output, client::Client};

#[derive(Args)]
pub(crate) struct ForgiveArgs {
    /// The account, as `account list` shows it.
    #[arg(value_name = "PORTAL/NAME", value_parser = account)]
    account: (String, String),
}

fn account(text: &str) -> Result<(String, String), String> {
    match text.split_once('/') {
        Some((portal, name)) if !portal.is_empty() && !name.is_empty() => {
            Ok((portal.to_owned(), name.to_owned()))
        }
        _ => Err("expected PORTAL/NAME, such as practice/main".to_owned()),
    }
}

/// Lets an account's credentials be tried again.
pub(super) async fn run(
    args: &ForgiveArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let (portal, name) = &args.account;
    let path = ["api", "accounts", portal.as_str(), name.as_str(), "forgive"];
    let account: Account = client.post(&path, &json!({})).await?;
    if output.json {
        output.json(&account);
    } else {
        output.say(&format!("{portal}/{name} may log in again"));
    }
    Ok(Exit::Done)
}
