//! `formhand migrate`

use clap::Args;
use formhand_domain::{Clock as _, SystemClock};
use formhand_store::StorePlace;
use serde_json::json;

use super::{CliError, Exit, Output};
use crate::{
    config::Config,
    serving::{DataFolder, ServeError},
};

#[derive(Args)]
pub(super) struct MigrateArgs {
    /// Only say whether there is something to do; the exit code is 1 then.
    #[arg(long)]
    check: bool,
}

/// Says which schema the configured store has, and brings it up to date.
pub(super) async fn run(
    args: MigrateArgs,
    config: &Config,
    output: Output,
) -> Result<Exit, CliError> {
    let place = config.store.place(&config.data).map_err(ServeError::from)?;
    let found = place.schema().await.map_err(ServeError::from)?;
    let known = place.known_schema();
    let is_behind = found.is_none_or(|found| found < known);
    if is_behind && !args.check {
        bring_up_to_date(&place, config).await?;
    }
    let is_to_do = is_behind && args.check;
    let words = words(found, known, is_to_do);
    if output.json {
        output.json(&json!({
            "store": kind(&place),
            "found": found,
            "known": known,
            "schema": if is_behind && !is_to_do { Some(known) } else { found },
            "upToDate": !is_to_do,
        }));
    } else {
        output.line(&format!("{}: {words}", kind(&place)));
    }
    Ok(if is_to_do { Exit::Negative } else { Exit::Done })
}

/// Opening it does that, as it does when a server starts.
async fn bring_up_to_date(place: &StorePlace, config: &Config) -> Result<(), ServeError> {
    // A file is one server's, and an older one could not go on with it. Several servers of a database may be of several
    // versions: the database itself refuses what one of them could not live with.
    let _alone = match place {
        StorePlace::Sqlite(_) => Some(DataFolder::take(&config.data)?),
        StorePlace::Mongo(_) => None,
    };
    let keys = config.records.read()?;
    let now = SystemClock.now();
    let store = place.open_sealed(keys.as_ref(), now).await?;
    Ok(store.close().await?)
}

fn words(found: Option<u32>, known: u32, is_to_do: bool) -> String {
    match found {
        None if is_to_do => format!("new; the first start makes it, with schema {known}"),
        None => format!("made, with schema {known}"),
        Some(found) if found > known => {
            format!("schema {found}; this program knows {known}, and can work on it")
        }
        Some(found) if found == known => format!("schema {found}, up to date"),
        Some(found) if is_to_do => format!("schema {found}; this program brings it to {known}"),
        Some(found) => format!("brought from schema {found} to {known}"),
    }
}

fn kind(place: &StorePlace) -> &'static str {
    match place {
        StorePlace::Sqlite(_) => "sqlite",
        StorePlace::Mongo(_) => "mongodb",
    }
}
