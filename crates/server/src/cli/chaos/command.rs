//! The order of events.

use std::{fs, path::Path, sync::Arc};

use clap::Args;
use formhand_browser::browser_processes;
use rand::{SeedableRng as _, rngs::StdRng};
use serde_json::json;
use tokio::{join, sync::watch};

use super::{
    blow::Plan,
    customers::Customers,
    feed::feed,
    report::{self, Counts, Found},
    settle::settle,
    stage::Stage,
    storm::Storm,
    truth,
};
use crate::cli::{CliError, Exit, Output, stop::StopSignals};

#[derive(Args)]
pub(crate) struct ChaosArgs {
    /// How many customers are filed.
    #[arg(long, default_value_t = 60)]
    jobs: u32,
    /// What happens follows from it, but for the speed of this machine. Drawn if it is not given.
    #[arg(long)]
    seed: Option<u64>,
    /// Servers that are killed [default: three for five jobs].
    #[arg(long)]
    kills: Option<usize>,
    /// Servers that stand still for longer than a lease [default: one for five jobs].
    #[arg(long)]
    pauses: Option<usize>,
    /// Browsers killed, sessions ended, connections cut, together [default: two for five jobs].
    #[arg(long)]
    others: Option<usize>,
    /// Jobs that are worked on at once.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=16))]
    workers: u8,
}

impl ChaosArgs {
    fn plan(&self) -> Plan {
        let jobs = self.jobs as usize;
        Plan {
            kills: self.kills.unwrap_or(jobs * 3 / 5),
            pauses: self.pauses.unwrap_or(jobs / 5),
            others: self.others.unwrap_or(jobs * 2 / 5),
        }
    }
}

/// Sets the stage, lets it storm, and compares.
pub(crate) async fn run(args: ChaosArgs, output: Output) -> Result<Exit, CliError> {
    let mut signals = StopSignals::listen().map_err(|error| {
        CliError::new(Exit::Internal, format!("cannot listen to signals: {error}"))
    })?;
    let seed = args
        .seed
        .unwrap_or_else(|| u64::from(rand::random::<u32>()));
    let stage = Stage::set(args.workers).await?;
    output.say(&format!("seed {seed}, in {}", stage.folder().display()));
    let result = tokio::select! {
        result = play(&stage, &args, seed, output) => result,
        () = signals.next() => Err(CliError::new(Exit::Negative, "stopped by a signal")),
    };
    let folder = stage.folder().to_owned();
    stage.practice.shutdown().await;
    let (counts, found) =
        result.map_err(|error| error.hint(format!("what was kept of it: {}", folder.display())))?;
    if output.json {
        output.json(
            &json!({"seed": seed, "done": counts, "found": found, "sound": found.is_sound()}),
        );
    } else {
        output.line(&report::text(seed, &counts, &found));
    }
    if found.is_sound() {
        // What is of no more use to anybody need not lie around; if it cannot go now, that is no news.
        let _ = fs::remove_dir_all(&folder);
        return Ok(Exit::Done);
    }
    output.say(&format!("\nwhat was kept of it: {}", folder.display()));
    Ok(Exit::Negative)
}

async fn play(
    stage: &Stage,
    args: &ChaosArgs,
    seed: u64,
    output: Output,
) -> Result<(Counts, Found), CliError> {
    let customers = Customers::read()?;
    let server = stage.serve().await?;
    let mut random = StdRng::seed_from_u64(seed);
    let blows = args.plan().shuffled(&mut random);
    let (present, receiver) = watch::channel(Arc::clone(&server.client));
    let mut storm = Storm {
        stage,
        server,
        present,
        random,
        counts: Counts::default(),
        output,
    };
    let (jobs, raged) = join!(
        feed(&stage.practice, &customers, args.jobs, receiver),
        storm.rage(&blows)
    );
    raged?;
    let jobs = jobs?;
    let Storm { server, counts, .. } = storm;
    // Cuts that met nothing would meet those that are filed anew.
    let calm = stage.practice.set_faults(Vec::new());
    calm.map_err(|error| CliError::new(Exit::Internal, error))?;
    output.say("the storm is over; waiting for the end of all jobs");
    let quiet = Output {
        json: false,
        live: false,
        ..output
    };
    let (views, settled) = settle(&stage.practice, &server.client, &jobs, quiet).await?;
    let in_order = server.stop().await;
    let left = left_over(&stage.profiles()) + usize::from(!in_order);
    let found = Found {
        settled,
        left_over: left,
        ..truth::compare(&stage.practice, &views, args.jobs)
    };
    Ok((counts, found))
}

/// Browsers, and profiles that jobs worked in.
fn left_over(profiles: &Path) -> usize {
    let folders = fs::read_dir(profiles).into_iter().flatten().flatten();
    let folders =
        folders.filter(|entry| entry.file_name().to_string_lossy().starts_with("worker-"));
    folders.count() + browser_processes(profiles, "").len()
}
