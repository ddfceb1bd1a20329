//! `formhand practice`

use clap::Args;
use formhand_practice::{Fault, Options, Practice, StartError, User};
use serde_json::json;

use super::{CliError, Exit, Output, stop::StopSignals};

#[derive(Args)]
pub(super) struct PracticeArgs {
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 4600)]
    port: u16,
    /// Factor on the portal's own delays: 0 switches them off, 1 is the real manner.
    #[arg(long, default_value_t = 1.0, value_parser = factor)]
    delays: f64,
    /// A fault to switch on; may be given several times.
    #[arg(long = "fault", value_name = "JSON", value_parser = fault)]
    #[arg(
        long_help = r#"A fault to switch on, such as '{"fault":"save_double_fires","times":1}'; may be given several times."#
    )]
    faults: Vec<Fault>,
}

/// Runs the practice portal until it is told to stop.
pub(super) async fn run(args: PracticeArgs, output: Output) -> Result<Exit, CliError> {
    let mut signals = StopSignals::listen().map_err(|error| {
        CliError::new(Exit::Internal, format!("cannot listen to signals: {error}"))
    })?;
    let options = Options {
        port: args.port,
        delays: args.delays,
        faults: args.faults,
        ..Options::default()
    };
    let users = options.users.clone();
    let practice = formhand_practice::start(options).await.map_err(refused)?;
    introduce(&practice, &users, output);
    signals.next().await;
    tokio::select! {
        () = practice.shutdown() => {}
        () = signals.next() => {}
    }
    Ok(Exit::Done)
}

fn introduce(practice: &Practice, users: &[User], output: Output) {
    if output.json {
        output.json_line(&json!({
            "url": practice.url(),
            "adminUrl": practice.admin_url(),
            "users": users,
        }));
        return;
    }
    output.line(practice.url());
    for user in users {
        output.say(&format!("log in as {} with {}", user.name, user.password));
    }
    output.say(&format!(
        "ledger and faults: {}/ledger, {0}/faults",
        practice.admin_url()
    ));
    output.say("everything in it is invented; stop it with Ctrl-C");
}

/// Starts the practice portal on a free port, for a command that plays with it.
pub(super) async fn start(options: Options) -> Result<Practice, CliError> {
    formhand_practice::start(options).await.map_err(|error| {
        CliError::new(
            Exit::Internal,
            format!("the practice portal does not start: {error}"),
        )
    })
}

fn refused(error: StartError) -> CliError {
    match error {
        StartError::Bind { port, source } => CliError::new(
            Exit::Refused,
            format!("cannot listen on 127.0.0.1:{port}: {source}"),
        )
        .hint("choose another with --port; 0 takes a free one"),
        StartError::Fault(error) => CliError::new(Exit::Usage, error),
        StartError::Option(error) => CliError::new(Exit::Usage, error),
    }
}

fn fault(text: &str) -> Result<Fault, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn factor(text: &str) -> Result<f64, String> {
    let number: f64 = text
        .parse()
        .map_err(|_| "expected a number from 0 to 10".to_owned())?;
    if (0.0..=10.0).contains(&number) {
        Ok(number)
    } else {
        Err("expected a number from 0 to 10".to_owned())
    }
}
