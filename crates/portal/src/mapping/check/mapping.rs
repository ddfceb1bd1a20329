//! The whole file.

use std::sync::Arc;

use formhand_domain::{AccountName, FlowName, PortalName};

use super::Checker;
use crate::{
    diagnostic::{Files, Span},
    mapping::{
        Mapping,
        model::{DocumentPath, Places},
        raw,
    },
    parse::{Fault, Node, Sink},
    raw::Text,
};

/// The only version of the format that there is.
const VERSION: u32 = 1;

/// Checks a mapping. `root` is the tree that `raw` was decoded from.
pub(in crate::mapping) fn check(
    raw: &raw::Mapping,
    root: &Node,
    files: &Arc<Files>,
    sink: &Sink,
) -> Option<Mapping> {
    if raw.formhand.value != VERSION {
        let message = format!("version {} of the format is not known", raw.formhand.value);
        sink.push(Fault::new(raw.formhand.span, message).help("write `formhand: 1`"));
        return None;
    }
    let checker = Checker { sink };
    let portal = checker.name(
        &raw.portal,
        PortalName::new(&raw.portal.value),
        "such as smartzone",
    );
    let flow = checker.name(
        &raw.flow,
        FlowName::new(&raw.flow.value),
        "such as two-wheeler",
    );
    let account = match &raw.account {
        Some(account) => account
            .0
            .as_ref()
            .and_then(|account| checker.account(account)),
        None => checker.error(root.span, "`account` is missing", "such as `account: main`"),
    };
    let caller_id = match &raw.caller_id {
        Some(path) => checker.path(path),
        None => Some(DocumentPath::new(vec!["_id".to_owned()])),
    };
    let when: Vec<_> = raw
        .when
        .0
        .iter()
        .map(|condition| checker.condition(condition))
        .collect();
    let updates = checker.updates(raw);
    let record = root
        .get("record")
        .and_then(|node| checker.fields(&raw.record, node));
    Some(Mapping {
        portal: portal?,
        flow: flow?,
        account: account?,
        caller_id: caller_id?,
        when: when.into_iter().collect::<Option<_>>()?,
        updates: updates?,
        record: record?,
        places: Places {
            files: Arc::clone(files),
            portal: raw.portal.span,
            flow: raw.flow.span,
            record: root.span_at(["record"].into_iter()),
        },
    })
}

impl Checker<'_> {
    /// A name that the domain has a type for.
    fn name<T>(
        &self,
        text: &Text,
        name: Result<T, formhand_domain::ids::InvalidId>,
        example: &str,
    ) -> Option<T> {
        match name {
            Ok(name) => Some(name),
            Err(error) => self.error(text.span, error.to_string(), example),
        }
    }

    /// The name of an account.
    pub(super) fn account_name(&self, span: Span, name: &str) -> Option<AccountName> {
        let text = Text {
            span,
            value: name.to_owned(),
        };
        self.name(
            &text,
            AccountName::new(name),
            "the account's name in the configuration, such as main",
        )
    }

    fn updates(&self, raw: &raw::Mapping) -> Option<Vec<DocumentPath>> {
        let Some(updates) = &raw.updates else {
            return Some(Vec::new());
        };
        if updates.value.0.is_empty() {
            return self.error(
                updates.span,
                "no change is named",
                "such as `updates: [status]`, or leave `updates` out",
            );
        }
        if raw.when.0.is_empty() {
            return self.error(
                updates.span,
                "no change can make a document ready: without `when` it is ready from the start",
                "say what a ready document looks like, such as `when: [{path: status, is: ready}]`",
            );
        }
        let paths: Vec<_> = updates.value.0.iter().map(|path| self.path(path)).collect();
        paths.into_iter().collect()
    }
}
