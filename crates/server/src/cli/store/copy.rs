//! `formhand store copy`

use std::path::PathBuf;

use clap::Args;
use formhand_domain::{Clock as _, SystemClock};
use formhand_store::{Copied, CopyError, StoreError, copy_sealed};
use serde_json::json;

use super::{
    super::{CliError, Exit, Output},
    progress::Shown,
};
use crate::{
    config::{Config, STORE_FILE, SecretSource, StoreConfig, UrlSource, holds_login},
    serving::{DataFolder, ServeError},
};

#[derive(Args)]
#[group(multiple = false)]
pub(in super::super) struct CopyArgs {
    /// The variable of the environment with the target's URL [default: `[store]` of the configuration].
    #[arg(long = "to-url-env", value_name = "VARIABLE")]
    variable: Option<String>,
    /// The file with the target's URL.
    #[arg(long = "to-url-file", value_name = "FILE")]
    file: Option<PathBuf>,
    /// The target's URL, if it holds no password.
    #[arg(long = "to-url", value_name = "URL")]
    url: Option<String>,
}

/// Moves the data folder's store. A run that was interrupted is finished by the same command.
pub(super) async fn run(args: CopyArgs, config: &Config, output: Output) -> Result<Exit, CliError> {
    let url = target(args, config)?;
    // Taking a folder makes it, and there is nothing to move from a new one.
    let file = config.data.join(STORE_FILE);
    if !file.exists() {
        return Err(failed(&CopyError::NoSource(file)));
    }
    let folder = DataFolder::take(&config.data).map_err(taken)?;
    let shown = Shown::new(output);
    let tell = |progress| shown.show(progress);
    // Where nothing is to be sealed, a key that is not there is missed only by a file that is sealed.
    let keys = match config.records.any() {
        Err(_) if !config.records.is_on => None,
        read => read.map_err(ServeError::from)?,
    };
    let target_keys = keys.as_ref().filter(|_| config.records.is_on);
    let database = folder.database();
    let from = (&*database, keys.as_ref());
    let copied = copy_sealed(from, (&url, target_keys), SystemClock.now(), &tell).await;
    shown.finish();
    let copied = copied.map_err(|error| failed(&error))?;
    show(&copied, output);
    if !output.json {
        let file = folder.database();
        output.say(&format!(
            "\nmoved to {}; no server opens {} any more",
            copied.to,
            file.display()
        ));
        if matches!(config.store, StoreConfig::Sqlite) {
            output
                .say("name that database in `[store]` of the configuration before the next start");
        }
    }
    Ok(Exit::Done)
}

/// The target that was named, or the one of the configuration.
fn target(args: CopyArgs, config: &Config) -> Result<String, CliError> {
    let source = match (args.url, args.variable, args.file, &config.store) {
        (Some(url), ..) if holds_login(&url) => {
            let message = "the URL holds a login, which everybody on this machine can see";
            return Err(CliError::new(Exit::Usage, message)
                .hint("use --to-url-env VARIABLE or --to-url-file FILE"));
        }
        (Some(url), ..) => UrlSource::Here(url),
        (_, Some(variable), ..) => UrlSource::Secret(SecretSource::Variable(variable)),
        (_, _, Some(file), _) => UrlSource::Secret(SecretSource::File(file)),
        (.., StoreConfig::Mongo { url, .. }) => url.clone(),
        (.., StoreConfig::Sqlite) => {
            return Err(CliError::new(Exit::Usage, "where to?").hint(
                "name a MongoDB database in `[store]` of the configuration, or with --to-url-env, \
                 --to-url-file or --to-url",
            ));
        }
    };
    let no_url = |error| CliError::new(Exit::BadInput, format!("the target has {error}"));
    source.read().map_err(no_url)
}

fn show(copied: &Copied, output: Output) {
    let counts = [
        ("jobs", copied.jobs),
        ("audit entries", copied.audit_entries),
        ("sessions", copied.sessions),
        ("logins", copied.logins),
        ("session events", copied.session_events),
        ("open questions", copied.questions),
    ];
    if output.json {
        output.json(&json!({
            "to": copied.to,
            "jobs": copied.jobs,
            "auditEntries": copied.audit_entries,
            "sessions": copied.sessions,
            "logins": copied.logins,
            "sessionEvents": copied.session_events,
            "questions": copied.questions,
            "wasWhole": copied.was_whole,
        }));
        return;
    }
    let mut table = output.table(&["WHAT", "COPIED"]);
    for (what, count) in counts {
        table.add_row([what.to_owned(), count.to_string()]);
    }
    output.line(&table.trim_fmt());
    if copied.was_whole {
        output.say("all of it was there already; the last step was left to do");
    }
}

pub(super) fn taken(error: ServeError) -> CliError {
    match error {
        ServeError::FolderTaken { folder, owner } => CliError::new(
            Exit::Refused,
            format!("a server works in {} (process {owner})", folder.display()),
        )
        .hint("stop it: nothing else may change it meanwhile"),
        other => other.into(),
    }
}

fn failed(error: &CopyError) -> CliError {
    let again = "run the same command again: it goes on from whatever is there";
    let (exit, hint) = match error {
        CopyError::NoSource(_) => (Exit::BadInput, "name the data folder with --data"),
        CopyError::Source(StoreError::Unwritable(_)) => {
            (Exit::Refused, "is the file open in another program?")
        }
        CopyError::Target(StoreError::Unwritable(_)) => (Exit::Unreachable, again),
        CopyError::Target(StoreError::Backend(_)) => (
            Exit::Internal,
            "are all its servers stopped, and has the login the roles readWrite and dbAdmin? The same command goes on \
             from whatever is there",
        ),
        CopyError::Source(_) | CopyError::Target(_) => (Exit::Internal, again),
        CopyError::AlreadyMoved { .. } => (
            Exit::Refused,
            "`[store]` of the configuration says where jobs are kept: name that database there",
        ),
        CopyError::InUse(_) => (
            Exit::Refused,
            "stop the servers of that database; one that was killed counts as at work for two minutes",
        ),
        CopyError::NotEmpty(_) => (Exit::Refused, "name a database that is not there yet"),
        CopyError::Foreign => (
            Exit::Refused,
            "finish it from where it was begun, or name another database",
        ),
        CopyError::Overtaken => (Exit::Refused, "wait for the other one to end"),
        CopyError::Differs { .. } => (
            Exit::Internal,
            "the file is as it was and can be worked with; something else writes into the target",
        ),
    };
    CliError::new(exit, error).hint(hint)
}
