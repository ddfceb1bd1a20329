//! What is known at a place of a flow: what templates there may speak of.

use std::collections::BTreeMap;

use super::guard::Facts;
use crate::{diagnostic::Span, record::Fields};

/// What steps belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A flow.
    Flow,
    /// A search for what a flow has filed.
    Verify,
    /// A login up to the click that sends it.
    Login,
    /// A login in which the portal asked for a one-time code.
    OneTimeCode,
}

/// What is known at a place of a flow.
#[derive(Clone)]
pub(super) struct Place<'a> {
    /// The record's fields; none while logging in.
    pub(super) fields: Option<&'a Fields>,
    /// What it is a place of.
    pub(super) part: Part,
    /// What was read so far, and whether that is certain.
    pub(super) captures: BTreeMap<String, bool>,
    /// What the conditions on the way here say.
    pub(super) facts: Facts,
    /// Whether there is an `item`.
    pub(super) item: bool,
    /// Whether it is inside a frame, a choice or a repetition: no place to submit.
    pub(super) nested: bool,
    /// The blocks that are being put in.
    pub(super) blocks: Vec<String>,
    /// Where the form was filed so far.
    pub(super) submits: Vec<Span>,
}

impl<'a> Place<'a> {
    pub(super) fn login() -> Self {
        Self {
            fields: None,
            part: Part::Login,
            captures: BTreeMap::new(),
            facts: Facts::default(),
            item: false,
            nested: false,
            blocks: Vec::new(),
            submits: Vec::new(),
        }
    }

    pub(super) fn one_time_code() -> Self {
        Self {
            part: Part::OneTimeCode,
            ..Self::login()
        }
    }

    pub(super) fn flow(fields: &'a Fields) -> Self {
        Self {
            fields: Some(fields),
            part: Part::Flow,
            ..Self::login()
        }
    }

    pub(super) fn verify(fields: &'a Fields) -> Self {
        Self {
            part: Part::Verify,
            ..Self::flow(fields)
        }
    }

    /// Whether this is a login, the only place that knows the account.
    pub(super) fn logs_in(&self) -> bool {
        matches!(self.part, Part::Login | Part::OneTimeCode)
    }

    /// The same place, one level deeper.
    pub(super) fn deeper(&self) -> Self {
        Self {
            nested: true,
            ..self.clone()
        }
    }

    /// Takes over what was read in a branch, as certain only if the branch was.
    pub(super) fn learn(&mut self, branch: &Self, certain: bool) {
        for (name, sure) in &branch.captures {
            let known = self.captures.entry(name.clone()).or_insert(false);
            *known |= *sure && certain;
        }
    }
}
