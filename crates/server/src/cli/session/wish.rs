//! `formhand session recover|login|logout PORTAL/NAME`

use clap::Args;
use serde_json::json;

use super::{args::account, wait::Wait};
use crate::{
    cli::{CliError, Exit, Output, client::Client, event_stream::EventStream},
    http::{SessionView, Wished},
};

#[derive(Args)]
pub(crate) struct WishArgs {
    /// The account, as `session list` shows it.
    #[arg(value_name = "PORTAL/NAME", value_parser = account)]
    account: (String, String),
    /// Follow the session until it is done. The exit code is 1 if it did not come to what was asked.
    #[arg(long)]
    wait: bool,
}

/// Brings a session back.
pub(super) async fn recover(
    args: &WishArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    ask(args, client, output, "recover", "to be brought back").await
}

/// Logs in.
pub(super) async fn login(
    args: &WishArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    ask(args, client, output, "login", "to log in").await
}

/// Gives a session up.
pub(super) async fn logout(
    args: &WishArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    ask(args, client, output, "logout", "to log out").await
}

async fn ask(
    args: &WishArgs,
    client: &Client,
    output: Output,
    verb: &str,
    words: &str,
) -> Result<Exit, CliError> {
    let (portal, name) = &args.account;
    // Listening begins before the wish is made, so that a quick answer to it is not missed.
    let events = if args.wait {
        Some(EventStream::open(client).await?)
    } else {
        None
    };
    let path = ["api", "sessions", portal.as_str(), name.as_str(), verb];
    let wished: Wished = client.post(&path, &json!({})).await?;
    output.say(&format!("{portal}/{name} is asked {words}"));
    let Some(events) = events else {
        if output.json {
            output.json(&wished);
        }
        return Ok(Exit::Done);
    };
    let (session, is_done) = Wait::new(client, wished).follow(events, output).await?;
    if output.json {
        output.json(&session);
    } else {
        output.line(&ended(&session));
    }
    Ok(if is_done { Exit::Done } else { Exit::Negative })
}

fn ended(session: &SessionView) -> String {
    let name = format!("{}/{}", session.portal, session.name);
    match &session.reason {
        Some(reason) => format!("{name} is {}: {reason}", session.state),
        None => format!("{name} is {}", session.state),
    }
}
