//! Do the accounts have their passwords and other secrets?

use std::{fs, os::unix::fs::PermissionsExt as _};

use super::Check;
use crate::config::{AccountConfig, SecretSource};

/// A line for each account.
pub(super) fn check(accounts: &[AccountConfig]) -> Vec<Check> {
    if accounts.is_empty() {
        let hint = "add an [[accounts]] block for each login";
        return vec![Check::warn("accounts", "none is configured", hint)];
    }
    accounts.iter().map(one).collect()
}

fn one(account: &AccountConfig) -> Check {
    let key = &account.key;
    let place = place(&account.password);
    if let Err(error) = account.password.read() {
        let hint = format!("put the password of {key} into {place}");
        return Check::fail("account", format!("{key}: {error}"), hint);
    }
    if let Err(error) = account.setup() {
        let hint = "put it right, or point the account at another place";
        return Check::fail("account", format!("{key} has {error}"), hint);
    }
    let open = account.secrets().find(|secret| open_to_others(secret));
    if let Some(open) = open.map(self::place) {
        let found = format!("{key}: {open} can be read by other users");
        return Check::warn("account", found, format!("chmod 600 {open}"));
    }
    Check::ok("account", format!("{key}, password from {place}"))
}

pub(super) fn place(of: &SecretSource) -> String {
    match of {
        SecretSource::Variable(name) => format!("variable {name}"),
        SecretSource::File(file) => file.display().to_string(),
        SecretSource::Sealed { name, .. } => format!("the sealed secret {name}"),
    }
}

pub(super) fn open_to_others(secret: &SecretSource) -> bool {
    match secret {
        SecretSource::Variable(_) | SecretSource::Sealed { .. } => false,
        SecretSource::File(file) => {
            let mode = fs::metadata(file).map_or(0, |metadata| metadata.permissions().mode());
            mode & 0o077 != 0
        }
    }
}
