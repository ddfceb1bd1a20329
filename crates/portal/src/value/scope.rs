//! What a value can be made of.

use std::{collections::BTreeMap, fmt};

use formhand_domain::Secret;
use minijinja::Value as Engine;
use serde_json::Value;

use super::convert::to_engine;

/// All that templates can speak of at one moment.
#[derive(Clone, Default)]
pub struct Scope {
    /// The record, as `record`. `Null` means that there is none.
    pub record: Value,
    /// What was read of pages so far, as `captures`.
    pub captures: BTreeMap<String, String>,
    /// The account's user name, as `account.user`.
    pub account_user: Option<String>,
    /// The account's password, as `account.password`. Only while logging in.
    pub account_password: Option<Secret>,
    /// The item that an `each` step is at, as `item`.
    pub item: Option<Value>,
}

impl Scope {
    /// For the steps of a flow.
    pub fn for_record(record: Value) -> Self {
        Self {
            record,
            ..Self::default()
        }
    }

    /// For the steps of a login.
    pub fn for_login(user: impl Into<String>, password: Secret) -> Self {
        Self {
            account_user: Some(user.into()),
            account_password: Some(password),
            ..Self::default()
        }
    }

    /// Keeps something that was read, as `captures.NAME`.
    pub fn capture(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.captures.insert(name.into(), value.into());
    }

    /// The same scope at an item of a list.
    #[must_use]
    pub fn with_item(&self, item: Value) -> Self {
        Self {
            item: Some(item),
            ..self.clone()
        }
    }

    pub(super) fn to_engine(&self) -> Engine {
        let mut names = vec![(
            "captures",
            Engine::from_pairs(
                self.captures
                    .iter()
                    .map(|(name, text)| (name.as_str(), text.as_str())),
            ),
        )];
        if !self.record.is_null() {
            names.push(("record", to_engine(&self.record)));
        }
        if let Some(item) = &self.item {
            names.push(("item", to_engine(item)));
        }
        let user = self.account_user.as_deref().map(|user| ("user", user));
        let password = self
            .account_password
            .as_ref()
            .map(|secret| ("password", secret.expose()));
        names.push((
            "account",
            Engine::from_pairs(user.into_iter().chain(password)),
        ));
        Engine::from_pairs(names)
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Record and captures are personal data; `Debug` ends up in logs.
        f.debug_struct("Scope")
            .field("captures", &self.captures.keys().collect::<Vec<_>>())
            .field("has_record", &!self.record.is_null())
            .field("has_password", &self.account_password.is_some())
            .finish_non_exhaustive()
    }
}
