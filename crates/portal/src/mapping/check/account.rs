//! Which account files.

use std::collections::BTreeMap;

use super::Checker;
use crate::{
    mapping::{model::AccountRule, raw},
    parse::Spanned,
};

impl Checker<'_> {
    pub(super) fn account(&self, raw: &Spanned<raw::Account>) -> Option<AccountRule> {
        let told = match &raw.value {
            raw::Account::Named(name) => {
                return self.account_name(raw.span, name).map(AccountRule::Named);
            }
            raw::Account::Told(told) => told,
        };
        let path = self.path(&told.from);
        let Some(values) = &told.values else {
            return Some(AccountRule::Told {
                path: path?,
                values: None,
            });
        };
        let names: Vec<_> = values
            .value
            .0
            .iter()
            .map(|(word, name)| Some((word.clone(), self.account_name(name.span, &name.value)?)))
            .collect();
        if names.is_empty() {
            return self.error(
                values.span,
                "the list has no account",
                "such as `values: {A17: main}`",
            );
        }
        Some(AccountRule::Told {
            path: path?,
            values: Some(names.into_iter().collect::<Option<BTreeMap<_, _>>>()?),
        })
    }
}
