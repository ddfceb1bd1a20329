//! `formhand doctor portal`

use std::{sync::Arc, time::Duration};

use clap::Args;
use formhand_domain::{AccountKey, Clock as _, NodeId, SystemClock};
use formhand_engine::{
    AccountSetup, Finding, Findings, OneTimeCodeSetup, PortalDoctor, PortalDoctorError,
    PortalDoctorSetup, SolverSetup,
};
use formhand_store::{Keeping, Store};
use jiff::SignedDuration;
use serde_json::json;

use super::{CliError, Exit, Output};
use crate::{
    config::Config,
    serving::{DataFolder, ServeError, ServerSetup, node_of, store_place},
};

#[derive(Args)]
pub(super) struct PortalArgs {
    /// The account to log in with, as PORTAL/NAME [default: the only one of the configuration].
    #[arg(value_name = "ACCOUNT")]
    account: Option<String>,
    /// Leave the session alone for so long, such as 30m, to see how long it lives unused.
    #[arg(long, value_name = "TIME", value_parser = time)]
    wait: Option<Duration>,
}

/// Measures the account's portal and prints the settings that suit it. Files nothing.
pub(super) async fn run(
    args: PortalArgs,
    config: Config,
    output: Output,
) -> Result<Exit, CliError> {
    // For as long as it is held, no server shares the account's logins.
    let folder = DataFolder::take(&config.data).map_err(taken)?;
    let setup = ServerSetup::of(config, None)?;
    let account = chosen(&setup.accounts, args.account.as_deref())?;
    let portal = setup
        .portals
        .iter()
        .find(|portal| portal.name == account.key.portal)
        .ok_or_else(|| CliError::new(Exit::BadInput, "the account's portal has no definition"))?;
    let node = node_of(folder.path())?;
    let place = store_place(&setup, &folder);
    let store = place
        .open_sealed(setup.seal.as_ref(), SystemClock.now())
        .await;
    let store = store.map_err(ServeError::from)?;
    take_account(&*store, &account.key, &node).await?;
    let doctor = PortalDoctor::new(PortalDoctorSetup {
        portal: Arc::clone(portal),
        account: account.clone(),
        node,
        store,
        clock: Arc::new(SystemClock),
        // What is left of it if this process is killed goes with the other workers' at the next start.
        folder: folder.profiles().join("worker-doctor"),
        master: setup.browser.master.clone(),
        worker: setup.browser.worker.clone(),
        step_timeout: setup.timing.step,
        wait: args.wait,
    });
    let name = account.key.to_string();
    output.say(&format!(
        "measuring with {name}: a few logins, nothing is filed"
    ));
    let examined = Box::pin(doctor.examine(&|doing| output.say(&format!("  {doing}")))).await;
    show(&name, &examined.map_err(|error| failed(&error))?, output);
    Ok(Exit::Done)
}

fn show(account: &str, findings: &Findings, output: Output) {
    let words = findings.in_words();
    let recommended = findings.recommend();
    let yaml = recommended.yaml();
    if output.json {
        output.json(&json!({
            "account": account,
            "findings": findings,
            "evidence": words,
            "recommended": recommended,
            "yaml": yaml,
        }));
        return;
    }
    let mut table = output.table(&["MEASURED", "FOUND", "SHOWN BY"]);
    for Finding {
        what,
        found,
        evidence,
    } in words
    {
        table.add_row([what.to_owned(), found, evidence]);
    }
    output.line(&table.trim_fmt());
    output.line("");
    output.line(yaml.trim_end());
}

/// The account that was named, or the only one.
fn chosen<'a>(
    accounts: &'a [AccountSetup],
    name: Option<&str>,
) -> Result<&'a AccountSetup, CliError> {
    let names: Vec<String> = accounts.iter().map(|it| it.key.to_string()).collect();
    let found = match (name, accounts) {
        (None, [only]) => Some(only),
        (None, _) => None,
        (Some(name), _) => accounts.iter().find(|it| it.key.to_string() == name),
    };
    let account = found.ok_or_else(|| match name {
        Some(name) => CliError::new(Exit::BadInput, format!("there is no account {name}")),
        None => CliError::new(Exit::BadInput, "which account?"),
    });
    let account =
        account.map_err(|error| error.hint(format!("configured: [{}]", names.join(", "))))?;
    let asks_a_person = matches!(account.solver, SolverSetup::Human)
        || matches!(account.one_time_code, OneTimeCodeSetup::Human);
    if asks_a_person {
        let message = "the account's logins ask a person, who answers through a running server";
        return Err(CliError::new(Exit::Refused, message)
            .hint("give the account another solver for as long as this takes"));
    }
    Ok(account)
}

/// Servers with other data folders may share the account through the store.
async fn take_account(
    store: &dyn Store,
    account: &AccountKey,
    node: &NodeId,
) -> Result<(), CliError> {
    let now = SystemClock.now();
    let until = now.saturating_add(AT_MOST).unwrap_or(now);
    let kept = store.keep_account(account, node, now, until).await;
    match kept.map_err(ServeError::from)? {
        Keeping::Ours(_) => Ok(()),
        Keeping::Others(lease) => Err(CliError::new(
            Exit::Refused,
            format!(
                "server {} keeps the session of {account}, and would share its login budget",
                lease.owner
            ),
        )
        .hint("stop the servers that work for the account, measure, and start them again")),
    }
}

/// No examination takes longer, unless it is left alone for longer.
const AT_MOST: SignedDuration = SignedDuration::from_hours(4);

fn taken(error: ServeError) -> CliError {
    match error {
        ServeError::FolderTaken { folder, owner } => CliError::new(
            Exit::Refused,
            format!(
                "a server works in {} (process {owner}), and would share the account's session and login budget",
                folder.display()
            ),
        )
        .hint("stop it, measure, and start it again"),
        other => other.into(),
    }
}

fn failed(error: &PortalDoctorError) -> CliError {
    let exit = match error {
        PortalDoctorError::NoLogin(_) => Exit::Refused,
        PortalDoctorError::Failed(_) => Exit::Negative,
        PortalDoctorError::CheckProvesNothing => Exit::BadInput,
    };
    CliError::new(exit, format!("the portal was not measured: {error}"))
}

fn time(text: &str) -> Result<Duration, String> {
    let example = "expected a time such as 30m or 2h";
    let time: SignedDuration = text.parse().map_err(|_| example.to_owned())?;
    Duration::try_from(time).map_err(|_| example.to_owned())
}
