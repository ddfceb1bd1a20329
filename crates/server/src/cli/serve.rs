//! `formhand serve`

use clap::Args;
use formhand_domain::Secret;
use formhand_engine::GateSwitch;

use super::{CliError, Exit, Output, args::Listen, logging::log_to_stderr, stop::StopSignals};
use crate::{
    config::Config,
    serving::{Server, ServerSetup, TOKEN_VARIABLE},
    telemetry::Traces,
};

#[derive(Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    listen: Listen,
    /// Record a submit only after it happened, so that forms are filed twice. For `formhand chaos --without-gate`.
    #[arg(long, hide = true)]
    without_gate: bool,
}

/// Serves until it is told to stop. A second signal ends it at once.
pub(super) async fn run(
    args: ServeArgs,
    mut config: Config,
    output: Output,
) -> Result<Exit, CliError> {
    if let Some(listen) = args.listen.listen {
        config.listen = listen;
    }
    let traces = Traces::to(&config.telemetry)
        .map_err(|error| CliError::new(Exit::Internal, format!("cannot send traces: {error}")))?;
    log_to_stderr(&config.log, traces.as_ref());
    let mut signals = StopSignals::listen().map_err(|error| {
        CliError::new(Exit::Internal, format!("cannot listen to signals: {error}"))
    })?;
    let token = std::env::var(TOKEN_VARIABLE)
        .ok()
        .filter(|text| !text.is_empty())
        .map(Secret::new);
    let mut setup = ServerSetup::of(config, token)?;
    if args.without_gate {
        setup.gate = GateSwitch::Off;
    }
    let server = Box::pin(Server::start(setup)).await?;
    tracing::info!(address = server.address(), "serving");
    if output.json {
        output.json_line(&serde_json::json!({
            "address": server.address(),
            "data": server.folder().path(),
            "tokenFile": server.token_file(),
        }));
    }
    signals.next().await;
    tracing::info!("stopping: jobs that are being submitted finish, others are given back");
    tokio::select! {
        () = stop(server, traces) => {
            tracing::info!("stopped");
            Ok(Exit::Done)
        }
        () = signals.next() => {
            tracing::warn!("stopped at once; what was being submitted is settled at the next start");
            Ok(Exit::Negative)
        }
    }
}

/// Stops the server, and then sends what traces are left: the end of the last attempt is one of them.
async fn stop(server: Server, traces: Option<Traces>) {
    server.shutdown().await;
    if let Some(traces) = traces {
        traces.end().await;
    }
}
