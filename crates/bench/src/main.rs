//! Measures a whole job: Formhand beside a script that was written by hand for the same pages. Development only.

mod arguments;
mod customers;
mod error;
mod formhand;
mod hand;
mod healing;
mod measure;
mod output;
mod phase;
mod portal;
mod report;
mod section;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::{
    Layer as _, filter::Targets, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use arguments::Arguments;
use error::Error;
use formhand::Marks;
use report::Report;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let marks = Marks::default();
    listen(&marks);
    match run(&arguments, &marks).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments, marks: &Marks) -> Result<(), Error> {
    let mut sections = Vec::new();
    for workers in &arguments.workers {
        sections.push(section::measure(arguments, *workers, marks).await?);
    }
    let healing = match arguments.expiries {
        0 => None,
        _ => Some(healing::measure(arguments).await?),
    };
    let report = Report::new(arguments, sections, healing);
    if arguments.json {
        output::json(&report)
    } else {
        output::text(&report, arguments.steps);
        Ok(())
    }
}

/// The engine's steps go to the marks, and warnings of all to standard error.
fn listen(marks: &Marks) {
    let steps = Targets::new().with_target("formhand_engine", tracing::Level::DEBUG);
    let warnings = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_filter(tracing::level_filters::LevelFilter::WARN);
    tracing_subscriber::registry()
        .with(marks.clone().with_filter(steps))
        .with(warnings)
        .init();
}
