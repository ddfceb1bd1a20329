//! The order of events.

use std::time::{Duration, Instant};

use clap::Args;

use super::{
    customers::Customers,
    ledger::{self, Verdict},
    stage::{Cast, Stage},
    story, submit, table,
};
use crate::{
    cli::{CliError, Exit, Output, client::Client, stop::StopSignals, watch::watch},
    http::JobView,
};

/// Twice what the demo takes on a slow machine; by then something hangs.
const LONGEST: Duration = Duration::from_mins(3);

#[derive(Args)]
pub(crate) struct DemoArgs {
    /// Factor on the practice portal's delays: 0 switches them off, 1 is the real portal's manner.
    #[arg(long, default_value_t = 0.3)]
    delays: f64,
    /// Jobs that are worked on at once.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=16))]
    workers: u8,
    /// Two servers on a MongoDB replica set, which is started for it, in place of one server with a file.
    #[arg(long)]
    mongodb: bool,
    /// Goes on after the last job, so that the dashboard can be looked at, until it is stopped by Ctrl-C.
    #[arg(long)]
    stay: bool,
}

/// Sets the stage, plays, and clears up whatever happened.
pub(crate) async fn run(args: DemoArgs, output: Output) -> Result<Exit, CliError> {
    let mut signals = StopSignals::listen().map_err(|error| {
        CliError::new(Exit::Internal, format!("cannot listen to signals: {error}"))
    })?;
    let customers = Customers::read()?;
    let cast = Cast {
        delays: args.delays.clamp(0.0, 2.0),
        workers: args.workers.into(),
        mongodb: args.mongodb,
    };
    let stage = Box::pin(Stage::set(cast)).await?;
    output.say(&story::beginning(&stage, &customers));
    let result = tokio::select! {
        result = play(&stage, &customers, output) => result,
        () = signals.next() => Err(CliError::new(Exit::Negative, "stopped by a signal")),
    };
    if args.stay && result.is_ok() {
        output.say(&story::staying(&stage));
        signals.next().await;
    }
    let data = stage.data().to_owned();
    tokio::select! {
        () = stage.clear() => {}
        () = signals.next() => {}
    }
    if result.is_err() {
        output.say(&format!("\nwhat was kept of it: {}", data.display()));
    }
    result
}

async fn play(stage: &Stage, customers: &Customers, output: Output) -> Result<Exit, CliError> {
    let started = Instant::now();
    let client = Client::new(stage.address()?, stage.token())?;
    let ids = submit::all(&client, customers).await?;
    let quiet = Output {
        json: false,
        ..output
    };
    let jobs = tokio::time::timeout(LONGEST, watch(&client, &ids, quiet))
        .await
        .map_err(|_| {
            CliError::new(
                Exit::Internal,
                format!("not all jobs ended within {} s", LONGEST.as_secs()),
            )
            .hint(format!("{} says why", stage.log().display()))
        })??;
    let verdict = ledger::compare(customers, &jobs, &stage.saves());
    show(customers, &jobs, &verdict, output);
    output.say(&story::end(stage, &verdict, started.elapsed()));
    Ok(if verdict.agrees() {
        Exit::Done
    } else {
        Exit::Negative
    })
}

fn show(customers: &Customers, jobs: &[JobView], verdict: &Verdict, output: Output) {
    if output.json {
        output.json(&serde_json::json!({"agrees": verdict.agrees(), "jobs": jobs, "ledger": verdict.saves()}));
    } else {
        // A moving board leaves the cursor on its last line.
        let gap = if output.live { "\n\n" } else { "\n" };
        let table = table::of(customers, jobs, verdict, output);
        output.line(&format!("{gap}{table}"));
        output.say(&story::reasons(jobs));
    }
}
