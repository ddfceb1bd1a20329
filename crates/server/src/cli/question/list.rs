//! `formhand question list`

use serde::{Deserialize, Serialize};

use crate::cli::{CliError, Exit, Output, client::Client};

#[derive(Serialize, Deserialize)]
struct Questions {
    questions: Vec<Question>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    id: String,
    kind: String,
    account: formhand_domain::AccountKey,
    asked_at: jiff::Timestamp,
    expires_at: jiff::Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
}

/// Lists the open questions.
pub(super) async fn run(client: &Client, output: Output) -> Result<Exit, CliError> {
    let Questions { questions } = client.get(&["api", "questions"]).await?;
    if output.json {
        output.json(&questions);
        return Ok(Exit::Done);
    }
    if questions.is_empty() {
        output.say("nothing waits for a person");
        return Ok(Exit::Done);
    }
    let mut table = output.table(&["ID", "KIND", "ACCOUNT", "ASKED AT", "EXPIRES AT"]);
    for question in &questions {
        table.add_row([
            question.id.clone(),
            question.kind.clone(),
            question.account.to_string(),
            format!("{:.0}", question.asked_at),
            format!("{:.0}", question.expires_at),
        ]);
    }
    output.line(&table.trim_fmt());
    output.say("\nanswer one with `formhand question answer ID ANSWER`");
    if questions.iter().any(|question| question.picture.is_some()) {
        output.say("see a captcha with `formhand question picture ID FILE`");
    }
    Ok(Exit::Done)
}
