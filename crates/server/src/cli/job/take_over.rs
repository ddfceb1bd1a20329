//! `formhand job take-over [ID]`

use clap::{ArgGroup, Args};
use formhand_domain::{JobId, Status};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::job_id;
use crate::{
    cli::{
        CliError, Exit, Output,
        client::{Client, read},
    },
    http::{JobView, MOST_JOBS, Stands, TakeOverView},
};

/// The page itself is in the dashboard: what is done in it needs to be seen.
#[derive(Args)]
#[command(group = ArgGroup::new("end").requires("id"))]
pub(crate) struct TakeOverArgs {
    /// The job. Without it, the pages are listed that wait for a person, or that somebody has.
    #[arg(value_name = "ID", value_parser = job_id)]
    id: Option<JobId>,
    /// Hand the page back: the steps go on where they halted.
    #[arg(long, group = "end")]
    hand_back: bool,
    /// Have the step tried again that failed.
    #[arg(long, group = "end")]
    try_again: bool,
    /// End the attempt and hold the job, and say why.
    #[arg(long, group = "end", value_name = "REASON")]
    give_up: Option<String>,
}

/// Asks for the page of a job, hands it back, or lists the pages that there are.
pub(super) async fn run(
    args: &TakeOverArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let Some(id) = args.id else {
        return list(client, output).await;
    };
    let text = id.to_string();
    let path = ["api", "jobs", &text, "take-over"];
    let (view, was_asked): (TakeOverView, bool) = match end(args) {
        Some(how) => {
            let path = ["api", "jobs", &text, "take-over", "end"];
            (client.post(&path, &how).await?, false)
        }
        None => (client.post(&path, &json!({})).await?, true),
    };
    if output.json {
        output.json(&view);
        return Ok(Exit::Done);
    }
    output.line(&words(&text, &view));
    if was_asked {
        let page = client.address(&["jobs", &text, "take-over"])?;
        output.line(page.as_str());
        output.say(
            "open it, logged in with the same token: the page is given to that token and no other",
        );
    }
    Ok(Exit::Done)
}

/// What is asked of a page that one has.
fn end(args: &TakeOverArgs) -> Option<Value> {
    if args.hand_back {
        return Some(json!({"how": "go_on"}));
    }
    if args.try_again {
        return Some(json!({"how": "try_again"}));
    }
    let reason = args.give_up.as_deref()?;
    Some(json!({"how": "give_up", "reason": reason}))
}

#[derive(Deserialize)]
struct Page {
    jobs: Vec<JobView>,
}

/// A page that waits for a person, or that somebody has.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    job_id: JobId,
    #[serde(flatten)]
    view: TakeOverView,
}

/// Of the jobs that are worked on, those whose pages this server knows of.
async fn list(client: &Client, output: Output) -> Result<Exit, CliError> {
    let limit = MOST_JOBS.to_string();
    let request = client.request(Method::GET, &["api", "jobs"])?;
    let request = request.query(&[
        ("status", Status::Processing.as_str()),
        ("limit", limit.as_str()),
    ]);
    let page: Page = read(client.send(request).await?).await?;
    let mut listed = Vec::new();
    for job in page.jobs {
        let id = job.id.to_string();
        let view: TakeOverView = client.get(&["api", "jobs", &id, "take-over"]).await?;
        if concerns_a_person(&view) {
            listed.push(Listed {
                job_id: job.id,
                view,
            });
        }
    }
    if output.json {
        output.json(&listed);
        return Ok(Exit::Done);
    }
    if listed.is_empty() {
        output.say("no page waits for a person, and nobody has one");
        return Ok(Exit::Done);
    }
    let mut table = output.table(&["JOB", "STATE", "BY", "STEP", "UNTIL", "WHAT FAILED"]);
    for Listed { job_id, view } in &listed {
        let until = view.idle_ends_at.map(|at| format!("{at:.0}"));
        table.add_row([
            job_id.to_string(),
            state(view.state).to_owned(),
            view.by.clone().unwrap_or_default(),
            view.step.clone().unwrap_or_default(),
            until.unwrap_or_default(),
            view.failure.clone().unwrap_or_default(),
        ]);
    }
    output.line(&table.trim_fmt());
    Ok(Exit::Done)
}

/// Whether it waits for a person, or a person has it, be it at another server.
fn concerns_a_person(view: &TakeOverView) -> bool {
    match view.state {
        Stands::Waiting | Stands::Asked | Stands::Held => true,
        Stands::NotHere => view.by.is_some(),
        Stands::Free | Stands::TooLate => false,
    }
}

fn state(stands: Stands) -> &'static str {
    match stands {
        Stands::NotHere => "elsewhere",
        Stands::Free => "free",
        Stands::Asked => "asked",
        Stands::Waiting => "waiting",
        Stands::Held => "held",
        Stands::TooLate => "too late",
    }
}

/// What is so now.
fn words(id: &str, view: &TakeOverView) -> String {
    match view.state {
        Stands::Asked => format!("{id}: asked for; the steps halt at the next safe place"),
        Stands::Held => {
            let step = view.step.as_deref().unwrap_or_default();
            let until = view.idle_ends_at.map(|at| format!(" until {at:.0}"));
            format!(
                "{id}: the page is yours{}, before the step {step:?}",
                until.unwrap_or_default()
            )
        }
        Stands::Waiting => format!("{id}: it waits for a person"),
        Stands::Free | Stands::NotHere => format!("{id}: nobody has the page"),
        Stands::TooLate => format!("{id}: the form is being submitted, or was"),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: TakeOverArgs,
    }

    const ID: &str = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    fn parsed(line: &[&str]) -> Option<TakeOverArgs> {
        let line = std::iter::once(&"take-over").chain(line);
        Line::try_parse_from(line).ok().map(|line| line.args)
    }

    #[test]
    fn a_page_is_handed_back_in_one_way_and_only_of_a_job() {
        let how = |line: &[&str]| parsed(line).map(|args| end(&args));
        assert_eq!(how(&[ID]), Some(None));
        assert_eq!(how(&[]), Some(None));
        let ways = [
            (&[ID, "--hand-back"][..], json!({"how": "go_on"})),
            (&[ID, "--try-again"], json!({"how": "try_again"})),
            (
                &[ID, "--give-up", "no idea"],
                json!({"how": "give_up", "reason": "no idea"}),
            ),
        ];
        for (line, body) in ways {
            assert_eq!(how(line), Some(Some(body)));
        }
        assert_eq!(how(&[ID, "--hand-back", "--try-again"]), None);
        assert_eq!(how(&["--hand-back"]), None);
        assert_eq!(how(&[ID, "--give-up"]), None);
    }
}
