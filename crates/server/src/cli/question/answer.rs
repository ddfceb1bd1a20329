//! `formhand question answer ID TEXT`

use clap::Args;
use serde_json::json;

use crate::cli::{CliError, Exit, Output, client::Client};

#[derive(Args)]
pub(crate) struct AnswerArgs {
    /// The question.
    id: String,
    /// The answer.
    answer: String,
}

/// Answers an open question.
pub(super) async fn run(
    args: &AnswerArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let path = ["api", "questions", &args.id, "answer"];
    client
        .post::<()>(&path, &json!({"answer": args.answer}))
        .await?;
    if output.json {
        output.json(&json!({"id": args.id, "answered": true}));
    } else {
        output.say("answered");
    }
    Ok(Exit::Done)
}
