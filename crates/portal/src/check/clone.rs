//! How a job gets its own copy of the session.

use std::collections::BTreeSet;

use super::Checker;
use crate::{
    model::{Carried, CloneMode},
    parse::Spanned,
    raw,
};

/// What most portals keep a login in.
const CARRIES: [Carried; 3] = [
    Carried::Cookies,
    Carried::LocalStorage,
    Carried::SessionStorage,
];

impl Checker<'_> {
    /// A clone that logs in would end the session that all others share.
    pub(super) fn clone_mode(&self, raw: &raw::Session) -> Option<CloneMode> {
        let Some(clone) = &raw.clone else {
            return Some(CloneMode::Context);
        };
        match clone.value {
            raw::CloneMode::Context => Some(CloneMode::Context),
            raw::CloneMode::Profile => Some(CloneMode::Profile),
            raw::CloneMode::Login if raw.exclusive == Some(true) => self.error(
                clone.span,
                "each job would log in by itself, and on an `exclusive` portal that ends the session of every other",
                "`clone: context` or `clone: profile`, which copy one session",
            ),
            raw::CloneMode::Login => Some(CloneMode::Login),
        }
    }

    pub(super) fn carries(
        &self,
        raw: &raw::Session,
        clone: CloneMode,
    ) -> Option<BTreeSet<Carried>> {
        let why_not = match clone {
            CloneMode::Context => None,
            CloneMode::Profile => Some("a copied profile is the whole session"),
            CloneMode::Login => Some("a job that logs in by itself gets nothing of the session"),
        };
        match (&raw.carries, why_not) {
            (None, None) => Some(CARRIES.into()),
            (None, Some(_)) => Some(BTreeSet::new()),
            (Some(carries), Some(why_not)) => self.error(
                carries.span,
                format!("`carries` has no effect here: {why_not}"),
                "leave it out, or write `clone: context`",
            ),
            (Some(carries), None) if carries.value.is_empty() => self.error(
                carries.span,
                "a copy that carries nothing is not logged in",
                "such as `carries: [cookies, local_storage]`",
            ),
            (Some(carries), None) => self.parts(&carries.value),
        }
    }

    fn parts(&self, raw: &[Spanned<raw::Carried>]) -> Option<BTreeSet<Carried>> {
        let mut parts = BTreeSet::new();
        for part in raw {
            let carried = match part.value {
                raw::Carried::Cookies => Carried::Cookies,
                raw::Carried::LocalStorage => Carried::LocalStorage,
                raw::Carried::SessionStorage => Carried::SessionStorage,
                raw::Carried::IndexedDb => Carried::IndexedDb,
            };
            if !parts.insert(carried) {
                return self.error(part.span, "it stands here a second time", "once is enough");
            }
        }
        Some(parts)
    }
}
