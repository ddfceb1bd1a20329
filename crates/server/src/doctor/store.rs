//! The store: is it there, and can this program work on it.

use formhand_store::StorePlace;

use super::{
    Check,
    accounts::{open_to_others, place as place_of},
};
use crate::config::{Config, KeyConfig, SecretSource, StoreConfig};

/// Asks it which schema it has. Nothing is changed.
pub(super) async fn check(config: &Config) -> Check {
    // The place does not need the keys; a server does.
    let place = config
        .store
        .read()
        .and_then(|_| config.records.any())
        .and_then(|_| config.store.place(&config.data));
    let place = match place {
        Ok(place) => place,
        Err(error) => {
            return Check::fail("store", error.to_string(), "set it; OPERATING.md says how");
        }
    };
    if let Some(open) = keys(config).find(|key| open_to_others(key)) {
        let open = place_of(open);
        let found = format!("its key {open} can be read by other users");
        return Check::warn("store", found, format!("chmod 600 {open}"));
    }
    match place.schema().await {
        Ok(found) => of_schema(&place, found),
        Err(error) => Check::fail("store", error.to_string(), hint(&config.store)),
    }
}

/// Where the keys are that records and secrets are sealed with.
fn keys(config: &Config) -> impl Iterator<Item = &SecretSource> {
    let of_secrets = config.secrets.as_ref().map(|secrets| &secrets.key);
    let all = config.records.keys.as_ref().into_iter().chain(of_secrets);
    all.flat_map(KeyConfig::secrets)
}

fn of_schema(place: &StorePlace, found: Option<u32>) -> Check {
    let kind = match place {
        StorePlace::Sqlite(_) => "a file of the data folder",
        StorePlace::Mongo(_) => "a MongoDB replica set",
    };
    let known = place.known_schema();
    match found {
        None => Check::ok("store", format!("{kind}, new")),
        Some(found) if found < known => Check::warn(
            "store",
            format!("{kind}, schema {found}; this program brings it to {known}"),
            "make a backup, then run `formhand migrate`; or the next start does it",
        ),
        Some(found) => Check::ok("store", format!("{kind}, schema {found}")),
    }
}

fn hint(store: &StoreConfig) -> &'static str {
    match store {
        StoreConfig::Sqlite => "the message says what would be right",
        StoreConfig::Mongo { .. } => {
            "is the database up, does the URL name all its members, and may its user read and write?"
        }
    }
}
