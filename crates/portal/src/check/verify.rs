//! The search for what was filed.

use std::{collections::BTreeSet, time::Duration};

use formhand_domain::WhenNotFound;

use super::{Checker, place::Place};
use crate::{
    diagnostic::{Span, suggest},
    model::{Flow, ReceiptField, ReceiptSource, Verify},
    parse::Spanned,
    raw,
    record::Fields,
};

/// A portal that takes longer to answer a search is in trouble.
const TIMEOUT: Duration = Duration::from_secs(30);

impl Checker<'_> {
    /// Checks the search of a flow, whose submit says what a receipt holds.
    pub(super) fn verify(&self, raw: &raw::Verify, flow: &Flow, fields: &Fields) -> Option<Verify> {
        let mut place = Place::verify(fields);
        let steps = self.steps(&raw.steps.0, &mut place);
        let found = self.condition(&raw.found);
        let not_found = self.condition(&raw.not_found);
        let when_not_found = self.when_not_found(raw.when_not_found.as_ref());
        let readback: Vec<_> = raw
            .readback
            .value
            .0
            .iter()
            .map(|field| self.readback(field, &place))
            .collect();
        if readback.is_empty() {
            self.error::<()>(
                raw.readback.span,
                "nothing shows that what was found is this record",
                "such as `- {at: \".chassis-no\", read: text, equals: \"{{ record.chassisNumber }}\"}`",
            );
        }
        let receipt = self.found_receipt(raw, &flow.receipt_names());
        Some(Verify {
            settle: raw.settle.0,
            when_not_found: when_not_found?,
            steps,
            found: found?,
            not_found: not_found?,
            timeout: raw.timeout.map_or(TIMEOUT, |timeout| timeout.0),
            readback: readback.into_iter().collect::<Option<_>>()?,
            receipt: receipt?,
        })
    }

    fn when_not_found(&self, raw: Option<&Spanned<raw::WhenNotFound>>) -> Option<WhenNotFound> {
        match raw.map(|raw| (raw.span, raw.value)) {
            None | Some((_, raw::WhenNotFound::Review)) => Some(WhenNotFound::Review),
            Some((_, raw::WhenNotFound::Retry)) if self.exclusive => Some(WhenNotFound::Retry),
            Some((span, raw::WhenNotFound::Retry)) => self.error(
                span,
                "nothing ends the session of the old attempt, so it may still file the record",
                "only a portal with `session: {exclusive: true}` may say `retry`; leave it to a person: `review`",
            ),
        }
    }

    fn found_receipt(
        &self,
        raw: &raw::Verify,
        known: &BTreeSet<&str>,
    ) -> Option<Vec<ReceiptField>> {
        let Spanned { span, value } = &raw.receipt;
        if value.0.is_empty() {
            return self.error(
                *span,
                "nothing is kept of what was found",
                "such as `ProposalNo: {page: \".proposal-no\"}`",
            );
        }
        let fields: Vec<_> = value
            .0
            .iter()
            .map(|(name, field)| self.found_field(name, field, known))
            .collect();
        fields.into_iter().collect()
    }

    fn found_field(
        &self,
        name: &str,
        raw: &Spanned<raw::ReceiptField>,
        known: &BTreeSet<&str>,
    ) -> Option<ReceiptField> {
        let field = self.receipt_field(name, raw)?;
        if !known.contains(name) {
            return self.unknown_receipt(raw.span, name, known);
        }
        if matches!(field.from, ReceiptSource::Json(_)) {
            return self.error(
                raw.span,
                "a search is read from its page",
                "such as `page: \".proposal-no\"`",
            );
        }
        Some(field)
    }

    fn unknown_receipt<T>(&self, span: Span, name: &str, known: &BTreeSet<&str>) -> Option<T> {
        self.error(
            span,
            format!("the receipt of this flow has no `{name}`"),
            suggest(name, known.iter().copied()),
        )
    }
}
