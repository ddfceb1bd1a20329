//! `formhand token create`

use std::fmt::Write as _;

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use crate::{
    access::{Role, TokenHash, new_token},
    cli::{Exit, Output},
    config::{MOMENT_EXPECTED, NAME_EXPECTED, is_name, moment},
};

#[derive(Args)]
pub(crate) struct CreateArgs {
    /// Who will hold it, as the log and the audit show it.
    #[arg(long, value_parser = name)]
    name: String,
    /// What it is good for.
    #[arg(long, value_enum)]
    role: Role,
    /// When it ends: a day, such as 2027-01-31, or a moment [default: never].
    #[arg(long, value_name = "WHEN", value_parser = expiry)]
    expires: Option<Timestamp>,
}

fn name(text: &str) -> Result<String, String> {
    is_name(text)
        .then(|| text.to_owned())
        .ok_or_else(|| format!("expected {NAME_EXPECTED}"))
}

fn expiry(text: &str) -> Result<Timestamp, String> {
    moment(text).ok_or_else(|| format!("expected {MOMENT_EXPECTED}"))
}

/// Makes a token. Its lines for the configuration are data, and can be appended to the file as they are; the token is
/// said beside them, and is nowhere else.
pub(super) fn run(args: &CreateArgs, output: Output) -> Exit {
    let token = new_token(rand::random());
    let hash = TokenHash::of(token.expose());
    if output.json {
        output.json(&json!({
            "name": args.name,
            "role": args.role,
            "token": token.expose(),
            "hash": hash.to_string(),
            "expires": args.expires,
        }));
        return Exit::Done;
    }
    output.line(&lines(args, &hash));
    output.say(&format!(
        "The token of {}, which is shown this once:\n\n    {}\n\nAppend the lines of [[tokens]] to formhand.toml, and \
         start the server anew.",
        args.name,
        token.expose()
    ));
    Exit::Done
}

/// A name and a role are plain, so nothing needs to be escaped.
fn lines(args: &CreateArgs, hash: &TokenHash) -> String {
    let mut lines = format!(
        "\n[[tokens]]\nname = \"{}\"\nrole = \"{}\"\nhash = \"{hash}\"",
        args.name, args.role
    );
    if let Some(at) = args.expires {
        // Writing to a String cannot fail.
        let _ = write!(lines, "\nexpires = \"{at}\"");
    }
    lines
}
