//! `formhand-simulation`: many histories, or one that is told step by step.

use std::{error::Error, io::Write as _, process::ExitCode};

use clap::Parser;
use formhand_mongod::ReplicaSet;
use formhand_simulation::{Broken, Mutation, Simulation, Summary};
use formhand_store::StorePlace;

/// Lets random histories of the submit protocol happen and checks its promises.
#[derive(Parser)]
struct Args {
    /// Tell this history step by step.
    #[arg(long, conflicts_with_all = ["from", "histories"])]
    seed: Option<u64>,
    /// The seed of the first history.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many histories.
    #[arg(long, default_value_t = 10_000)]
    histories: u64,
    /// Break the protocol in this way.
    #[arg(long)]
    mutation: Option<Mutation>,
    /// Keep the jobs in a MongoDB replica set, which is started for it.
    #[arg(long)]
    mongodb: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let args = Args::parse();
    let folder = tempfile::tempdir()?;
    let database = if args.mongodb {
        Some(ReplicaSet::start(&folder.path().join("mongodb")).await?)
    } else {
        None
    };
    let mut simulation = match &database {
        Some(database) => Simulation::at(&StorePlace::Mongo(database.url().to_owned())).await?,
        None => Simulation::open(folder.path()).await?,
    };
    let mut summary = Summary::default();
    if let Some(seed) = args.seed {
        let told = simulation.run(seed, args.mutation, &mut summary).await;
        let trace = match &told {
            Ok(trace) | Err(Broken { trace, .. }) => trace,
        };
        writeln!(std::io::stdout(), "{}", trace.join("\n"))?;
        return verdict(told.err().as_ref());
    }
    let mut broken = None;
    for seed in args.from..args.from.saturating_add(args.histories) {
        if let Err(found) = simulation.run(seed, args.mutation, &mut summary).await {
            broken = Some(found);
            break;
        }
    }
    writeln!(std::io::stdout(), "{summary:#?}")?;
    verdict(broken.as_ref())
}

fn verdict(broken: Option<&Broken>) -> Result<ExitCode, Box<dyn Error>> {
    let mut out = std::io::stdout();
    match broken {
        None => {
            writeln!(out, "every promise held")?;
            Ok(ExitCode::SUCCESS)
        }
        Some(broken) => {
            writeln!(out, "{broken}")?;
            Ok(ExitCode::FAILURE)
        }
    }
}
