//! `formhand job …`

mod act;
mod evidence;
mod filter;
mod input;
mod list;
mod many;
mod resolve;
mod show;
mod submit;
mod table;
mod take_over;
mod verify;
mod watch;

use clap::Subcommand;
use formhand_domain::JobId;

use super::{CliError, Exit, Output, client::Client};

pub(super) use act::who;
pub(super) use evidence::content as evidence_file;
pub(super) use show::find as find_job;
pub(super) use table::job_table;

/// What can be done with jobs.
#[derive(Subcommand)]
pub(super) enum JobCommand {
    /// Hand in records: JSON, JSON Lines or CSV
    Submit(submit::SubmitArgs),
    /// List jobs, newest first
    List(list::ListArgs),
    /// Show all that is known of a job
    Show(show::ShowArgs),
    /// List the files that are kept of a job's attempts, or fetch them
    Evidence(evidence::EvidenceArgs),
    /// Follow jobs until nothing moves them on any more
    Watch(watch::WatchArgs),
    /// Ask for another attempt of jobs that were not filed
    Retry(act::ActArgs),
    /// Say whether a job of unknown outcome was filed; without that, show what there is to decide by
    Resolve(resolve::ResolveArgs),
    /// Search the portal now for a job of unknown outcome
    Verify(verify::VerifyArgs),
    /// Take over the page of a job that is worked on, or hand it back; without a job, list those that wait
    TakeOver(take_over::TakeOverArgs),
    /// End jobs that wait
    Cancel(act::CancelArgs),
    /// Keep waiting jobs from being worked on
    Hold(act::ActArgs),
    /// Let held jobs go on
    Release(act::ActArgs),
}

/// Runs one of them.
pub(super) async fn run(
    command: JobCommand,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        JobCommand::Submit(args) => submit::run(args, client, output).await,
        JobCommand::List(args) => list::run(args, client, output).await,
        JobCommand::Show(args) => show::run(&args, client, output).await,
        JobCommand::Evidence(args) => evidence::run(&args, client, output).await,
        JobCommand::Watch(args) => watch::run(&args, client, output).await,
        JobCommand::Retry(args) => act::run(&args, "retry", None, client, output).await,
        JobCommand::Resolve(args) => resolve::run(&args, client, output).await,
        JobCommand::Verify(args) => verify::run(&args, client, output).await,
        JobCommand::TakeOver(args) => take_over::run(&args, client, output).await,
        JobCommand::Cancel(args) => {
            act::run(&args.jobs, "cancel", args.reason.as_deref(), client, output).await
        }
        JobCommand::Hold(args) => act::run(&args, "hold", None, client, output).await,
        JobCommand::Release(args) => act::run(&args, "release", None, client, output).await,
    }
}

/// A job's id on the command line.
fn job_id(text: &str) -> Result<JobId, String> {
    text.parse()
        .map_err(|error: formhand_domain::ids::NotAJobId| error.to_string())
}
