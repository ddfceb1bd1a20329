//! `formhand job retry`, `cancel`, `hold` and `release`

use clap::Args;
use formhand_domain::JobId;
use serde_json::json;

use super::{
    filter::FilterArgs,
    job_id,
    many::{self, Which},
};
use crate::cli::{CliError, Exit, Output, client::Client};

#[derive(Args)]
pub(crate) struct ActArgs {
    /// The jobs; or say by options what they have to be like.
    #[arg(value_name = "ID", value_parser = job_id)]
    ids: Vec<JobId>,
    #[command(flatten)]
    filter: FilterArgs,
    /// Do not ask before all jobs that fit are touched.
    #[arg(short, long)]
    yes: bool,
}

#[derive(Args)]
pub(crate) struct CancelArgs {
    #[command(flatten)]
    pub(super) jobs: ActArgs,
    /// Why, for the jobs' histories.
    #[arg(long)]
    pub(super) reason: Option<String>,
}

/// Asks for it. One job's refusal does not keep the others from being asked.
pub(super) async fn run(
    args: &ActArgs,
    verb: &str,
    reason: Option<&str>,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let mut body = json!({"by": who()});
    if let Some(reason) = reason {
        body["reason"] = json!(reason);
    }
    let filter = args.filter.query();
    let which = match (args.ids.as_slice(), filter.as_slice()) {
        ([], []) => {
            let why = format!(
                "{verb} which jobs? Give their ids, or options that say what they are like"
            );
            let error = CliError::new(Exit::Usage, why);
            return Err(
                error.hint("`formhand job list` takes the same options, and shows the jobs")
            );
        }
        (ids, []) => Which::These(ids),
        ([], filter) => Which::Fitting {
            filter,
            unasked: args.yes,
        },
        _ => {
            let why = "give either ids or options that say what the jobs are like, not both";
            return Err(CliError::new(Exit::Usage, why));
        }
    };
    many::act(which, verb, &body, client, output).await
}

/// Who asks, for the audit.
pub(in crate::cli) fn who() -> String {
    let user = std::env::var("USER").ok().filter(|name| !name.is_empty());
    user.unwrap_or_else(|| "command line".to_owned())
}
