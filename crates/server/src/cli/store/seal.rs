//! `formhand store seal` and `formhand store rekey`

use std::sync::{Mutex, PoisonError};

use formhand_domain::{Clock as _, SystemClock};
use formhand_store::{SealError, SealWish, StoreError, StorePlace};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::super::{CliError, Exit, Output};
use crate::{
    config::Config,
    serving::{DataFolder, ServeError},
};

/// Seals the configured store, or seals it anew. A run that was interrupted is finished by the same command.
pub(super) async fn run(wish: SealWish, config: &Config, output: Output) -> Result<Exit, CliError> {
    let keys = config.records.read().map_err(ServeError::from)?;
    let keys = keys.ok_or_else(|| {
        CliError::new(Exit::BadInput, "the configuration names no key to seal records with").hint(
            "name one by seal_key_env or seal_key_file under [store], on MongoDB with seal_records = true; `formhand \
             key new` makes a key",
        )
    })?;
    let place = config.store.place(&config.data).map_err(ServeError::from)?;
    let _alone = match &place {
        StorePlace::Sqlite(file) if !file.exists() => return Err(failed(&SealError::NoStore)),
        StorePlace::Sqlite(_) => Some(DataFolder::take(&config.data).map_err(super::copy::taken)?),
        StorePlace::Mongo(_) => None,
    };
    let shown = Mutex::new(bar(output));
    let tell = move |values| {
        let shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.set_position(values);
    };
    let done = place.reseal(&keys, wish, SystemClock.now(), tell).await;
    let done = done.map_err(|error| failed(&error))?;
    if output.json {
        output.json(&json!({ "key": done.key.to_string(), "values": done.values }));
    } else if done.values == 0 {
        output.say(&format!(
            "nothing was left to do: it is sealed with the key {}",
            done.key
        ));
    } else {
        output.say(&format!(
            "{} values are sealed with the key {}",
            done.values, done.key
        ));
    }
    Ok(Exit::Done)
}

/// It does not know how much there is, so it only counts.
fn bar(output: Output) -> ProgressBar {
    if output.json || !output.live {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("  {spinner} {human_pos} values  {elapsed}");
    ProgressBar::new_spinner()
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

fn failed(error: &SealError) -> CliError {
    let again = "run the same command again: it goes on from whatever is there";
    let (exit, hint) = match error {
        SealError::InUse(_) => (
            Exit::Refused,
            "stop the servers of that database; one that was killed counts as at work for two minutes",
        ),
        SealError::NoStore => (Exit::BadInput, "name the data folder with --data"),
        SealError::Store(StoreError::NotSealed) => (
            Exit::Refused,
            "a key is changed where one is: `formhand store seal` seals it",
        ),
        SealError::Store(StoreError::OldKey { .. } | StoreError::OtherKey { .. }) => (
            Exit::Refused,
            "name its key by old_seal_key_envs or old_seal_key_files under [store], then run `formhand store rekey`",
        ),
        SealError::Store(StoreError::Unwritable(_)) => (Exit::Unreachable, again),
        SealError::Store(_) => (Exit::Internal, again),
    };
    CliError::new(exit, error).hint(hint)
}
