//! `formhand question …`

mod answer;
mod list;
mod picture;

use clap::Subcommand;

use super::{CliError, Exit, Output, client::Client};

/// What can be done with questions.
#[derive(Subcommand)]
pub(super) enum QuestionCommand {
    /// List what waits for a person
    List,
    /// Save a question's picture
    Picture(picture::PictureArgs),
    /// Answer a question
    Answer(answer::AnswerArgs),
}

/// Runs one of them.
pub(super) async fn run(
    command: QuestionCommand,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        QuestionCommand::List => list::run(client, output).await,
        QuestionCommand::Picture(args) => picture::run(&args, client, output).await,
        QuestionCommand::Answer(args) => answer::run(&args, client, output).await,
    }
}
