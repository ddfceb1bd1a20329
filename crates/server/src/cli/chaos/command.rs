//! The order of events.

use std::{fs, path::Path, sync::Arc};

use clap::Args;
use formhand_browser::browser_processes;
use formhand_engine::GateSwitch;
use formhand_practice::Practice;
use rand::{SeedableRng as _, rngs::StdRng};
use serde_json::json;
use tokio::{sync::watch, try_join};

use super::{
    attempts,
    audit::{self, Audit},
    base::Kind,
    blow::Plan,
    course::Course,
    customers::Customers,
    feed::{Feed, HandedIn},
    healing, proof, repeat,
    report::{self, Counts, Found},
    settle::settle,
    stage::{Cast, Stage},
    storm::{Storm, Strike},
    truth,
    window::Windows,
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
    /// Browsers and parts of them killed, sessions ended, connections cut, disks filled, together [default: two for
    /// five jobs].
    #[arg(long)]
    others: Option<usize>,
    /// Failures of the database: killed, stopped, some of its commands failing, together [default: one for three jobs,
    /// on MongoDB].
    #[arg(long)]
    databases: Option<usize>,
    /// Where jobs are kept.
    #[arg(long, value_enum, default_value_t = Kind::Sqlite)]
    store: Kind,
    /// Servers that work together, on MongoDB.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=8))]
    nodes: u8,
    /// Jobs that are worked on at once, by each server.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=16))]
    workers: u8,
    /// Records submits only after they happened, on servers that can reach nothing but the practice portal: shows that
    /// forms are filed twice then, and that this is found.
    #[arg(long)]
    without_gate: bool,
    /// Aims every blow at the submit.
    #[arg(long, hide = true)]
    at_the_submit: bool,
}

impl ChaosArgs {
    fn gate(&self) -> GateSwitch {
        if self.without_gate {
            GateSwitch::Off
        } else {
            GateSwitch::On
        }
    }

    fn plan(&self) -> Plan {
        let jobs = self.jobs as usize;
        Plan {
            kills: self.kills.unwrap_or(jobs * 3 / 5),
            pauses: self.pauses.unwrap_or(jobs / 5),
            others: self.others.unwrap_or(jobs * 2 / 5),
            databases: match self.store {
                Kind::Sqlite => 0,
                Kind::Mongodb => self.databases.unwrap_or(jobs / 3),
            },
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
    if args.nodes > 1 && args.store == Kind::Sqlite {
        let message = "a file has one server";
        return Err(CliError::new(Exit::BadInput, message).hint("add --store mongodb"));
    }
    let cast = Cast {
        store: args.store,
        nodes: args.nodes,
        workers: args.workers,
        gate: args.gate(),
    };
    let stage = Box::pin(Stage::set(cast)).await?;
    output.say(&format!("seed {seed}, in {}", stage.folder().display()));
    let result = tokio::select! {
        result = play(&stage, &args, seed, output) => result,
        () = signals.next() => Err(CliError::new(Exit::Negative, "stopped by a signal")),
    };
    let folder = stage.folder().to_owned();
    if !result.as_ref().is_ok_and(|(_, found)| found.is_sound()) {
        keep_ledger(&stage.practice, &folder)?;
    }
    let Stage { practice, base, .. } = stage;
    practice.shutdown().await;
    base.stop().await;
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

/// The other side of what the servers kept.
fn keep_ledger(practice: &Practice, folder: &Path) -> Result<(), CliError> {
    let lines = practice.ledger().into_iter();
    let lines: Vec<String> = lines.map(|entry| json!(entry).to_string()).collect();
    fs::write(folder.join("ledger.jsonl"), lines.join("\n")).map_err(|error| {
        CliError::new(
            Exit::Internal,
            format!("the ledger cannot be written: {error}"),
        )
    })
}

async fn play(
    stage: &Stage,
    args: &ChaosArgs,
    seed: u64,
    output: Output,
) -> Result<(Counts, Found), CliError> {
    let customers = Customers::read()?;
    let mut random = StdRng::seed_from_u64(seed);
    let blows = args.plan().shuffled(&mut random);
    let mut servers = Vec::new();
    for place in 0..stage.nodes() {
        servers.push(stage.serve(place).await?);
    }
    let first = servers
        .first()
        .ok_or_else(|| CliError::new(Exit::BadInput, "no server"))?;
    let (present, at_present) = watch::channel(Arc::clone(&first.client));
    let (course, of_course) = watch::channel(Course::new(blows.len()));
    let mut storm = Storm {
        stage,
        servers,
        present,
        course,
        at_the_submit: args.at_the_submit,
        random,
        strikes: Vec::new(),
        taken_over: 0,
        still_born: 0,
        output,
    };
    let feed = Feed {
        practice: &stage.practice,
        customers: &customers,
        count: args.jobs,
        flow: 2 * u64::from(args.workers) * u64::from(args.nodes),
        server: at_present,
        course: of_course,
    };
    let (HandedIn { taken, twice }, ()) = try_join!(feed.all(), storm.rage(&blows))?;
    // Cuts that met nothing would meet those that are filed anew.
    stage.calm()?;
    output.say("the storm is over; waiting for the end of all jobs");
    let client = Arc::clone(&storm.present.borrow());
    let mut ended = settle(&stage.practice, &client, &taken, quiet(output)).await?;
    let clients = storm.servers.iter().map(|server| &*server.client);
    proof::gather(clients, &mut ended).await?;
    let again = repeat::taken_again(&client, &customers, &ended).await?;
    let mut left = 0;
    for (place, server) in storm.servers.iter_mut().enumerate() {
        let in_order = server.stop().await;
        left += left_over(&stage.profiles(place)) + usize::from(!in_order);
    }
    let audit = audit::read(&stage.base).await?;
    let counts = Counts::of(&storm, &audit.jobs, &Windows::of(&audit.jobs));
    let found = Found {
        taken_twice: twice + again,
        told_wrongly: attempts::told_wrongly(&audit.jobs),
        proofs: proof::look(&stage.evidence(), &audit.jobs, &ended),
        healers_at_once: healing::at_once(&audit.sessions),
        logins_too_many: logins_too_many(stage, &audit, &storm.strikes),
        left_over: left,
        ..truth::compare(&stage.practice, &ended, taken.len())
    };
    tell_story(&found, stage, &audit, &storm);
    Ok((counts, found))
}

fn quiet(output: Output) -> Output {
    Output {
        json: false,
        live: false,
        ..output
    }
}

/// What led to a login too many is not seen in its number.
fn tell_story(found: &Found, stage: &Stage, audit: &Audit, storm: &Storm<'_>) {
    if found.healers_at_once + found.logins_too_many > 0 {
        let told = healing::story(&stage.practice, &audit.sessions, &storm.strikes);
        storm.output.say(&told);
    }
}

/// With a file nothing is shared: a server that is killed may leave a session that the next one does not find.
fn logins_too_many(stage: &Stage, audit: &Audit, strikes: &[Strike]) -> usize {
    match stage.base.url() {
        Some(_) => healing::logins_too_many(&stage.practice, &audit.sessions, strikes),
        None => 0,
    }
}

/// Browsers, and profiles that jobs worked in.
fn left_over(profiles: &Path) -> usize {
    let folders = fs::read_dir(profiles).into_iter().flatten().flatten();
    let folders =
        folders.filter(|entry| entry.file_name().to_string_lossy().starts_with("worker-"));
    folders.count() + browser_processes(profiles, "").len()
}
