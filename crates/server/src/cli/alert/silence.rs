//! `formhand alert silence` and `formhand alert unsilence`

use clap::Args;
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::{
    alerts::RuleName,
    cli::{CliError, Exit, Output, client::Client, job::who},
    http::SilenceView,
};

#[derive(Args)]
pub(crate) struct SilenceArgs {
    /// The rule [default: every rule, about what is named].
    #[arg(long)]
    rule: Option<RuleName>,
    /// Only about this account.
    #[arg(long, value_name = "PORTAL/NAME", conflicts_with_all = ["portal", "node", "webhook"])]
    account: Option<String>,
    /// Only about this portal and its accounts.
    #[arg(long, conflicts_with_all = ["node", "webhook"])]
    portal: Option<String>,
    /// Only about this server.
    #[arg(long, value_name = "SERVER", conflicts_with = "webhook")]
    node: Option<String>,
    /// Only about this webhook.
    #[arg(long, value_name = "NAME")]
    webhook: Option<String>,
    /// For how long, such as `2h`; at most 30 days.
    #[arg(long = "for", value_name = "TIME")]
    lasting: String,
    /// Why, for those who wonder.
    #[arg(long)]
    reason: String,
}

#[derive(Args)]
pub(crate) struct UnsilenceArgs {
    /// The silence, as `alert list` shows it.
    #[arg(value_name = "SILENCE")]
    id: String,
}

/// Keeps something from being told.
pub(super) async fn run(
    args: &SilenceArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let path = ["api", "alerts", "silences"];
    let silence: SilenceView = client.post(&path, &body(args)?).await?;
    if output.json {
        output.json(&silence);
    } else {
        let until = silence.until;
        output.line(&format!("{} holds until {until:.0}", silence.id));
    }
    Ok(Exit::Done)
}

/// Lets it be told again.
pub(super) async fn end(
    args: &UnsilenceArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let path = ["api", "alerts", "silences", &args.id];
    let request = client.request(Method::DELETE, &path)?;
    client.send(request).await?;
    if output.json {
        output.json(&json!({"id": args.id, "ended": true}));
    } else {
        output.say("it is told again");
    }
    Ok(Exit::Done)
}

fn body(args: &SilenceArgs) -> Result<Value, CliError> {
    let mut body = Map::new();
    let mut put = |name: &str, text: &str| body.insert(name.to_owned(), json!(text));
    put("for", &args.lasting);
    put("reason", &args.reason);
    put("by", &who());
    if let Some(rule) = args.rule {
        put("rule", rule.as_str());
    }
    if let Some(account) = &args.account {
        let (portal, name) = account.split_once('/').ok_or_else(|| {
            let message = format!("{account:?} is no account: expected PORTAL/NAME");
            CliError::new(Exit::Usage, message)
        })?;
        put("portal", portal);
        put("account", name);
    }
    if let Some(portal) = &args.portal {
        put("portal", portal);
    }
    if let Some(node) = &args.node {
        put("server", node);
    }
    if let Some(webhook) = &args.webhook {
        put("webhook", webhook);
    }
    Ok(Value::Object(body))
}
