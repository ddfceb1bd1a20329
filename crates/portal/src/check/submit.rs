//! The step that files the form.

use std::time::Duration;

use super::{Checker, place::Place};
use crate::{
    diagnostic::Span,
    model::{Evidence, JsonCheck, Rejection, Submit, Success},
    parse::Spanned,
    raw,
};

/// A click that has sent nothing after this long has met a validation message.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// The slowest answer to a filing that was seen, with room.
const ANSWER_TIMEOUT: Duration = Duration::from_mins(1);

/// What the receipt holds is known to the later steps as `captures.NAME`; for sure only if every success brings it.
fn know_receipt(raw: &raw::Submit, place: &mut Place<'_>) {
    let signs = &raw.succeeded.value.0;
    for name in signs.iter().flat_map(|sign| sign.value.receipt.0.keys()) {
        let sure = signs
            .iter()
            .all(|sign| sign.value.receipt.0.contains_key(name));
        place.captures.insert(name.clone(), sure);
    }
}

impl Checker<'_> {
    pub(super) fn submit(&self, raw: &raw::Submit, place: &mut Place<'_>) -> Option<Submit> {
        let click = self.target(&raw.click.0);
        let method = self.method(&raw.request.method);
        let url = self.absolute_glob(&raw.request.url);
        let readback: Vec<_> = raw
            .readback
            .0
            .iter()
            .map(|field| self.readback(field, place))
            .collect();
        let succeeded: Vec<_> = raw
            .succeeded
            .value
            .0
            .iter()
            .map(|sign| self.success(sign))
            .collect();
        let rejected: Vec<_> = raw
            .rejected
            .0
            .iter()
            .map(|sign| self.rejection(sign))
            .collect();
        know_receipt(raw, place);
        if succeeded.is_empty() {
            return self.error(
                raw.succeeded.span,
                "nothing shows that the form was filed",
                "such as `- response: {status: [200], json: {/isSuccess: true}}`",
            );
        }
        Some(Submit {
            click: click?,
            method: method?,
            url: url?,
            readback: readback.into_iter().collect::<Option<_>>()?,
            send_timeout: raw.send_timeout.map_or(SEND_TIMEOUT, |time| time.0),
            answer_timeout: raw.answer_timeout.map_or(ANSWER_TIMEOUT, |time| time.0),
            succeeded: succeeded.into_iter().collect::<Option<_>>()?,
            rejected: rejected.into_iter().collect::<Option<_>>()?,
        })
    }

    fn method(&self, text: &raw::Text) -> Option<String> {
        const METHODS: [&str; 4] = ["POST", "PUT", "PATCH", "DELETE"];
        let method = text.value.to_ascii_uppercase();
        if METHODS.contains(&method.as_str()) {
            return Some(method);
        }
        self.error(
            text.span,
            format!("`{}` is not a method that files a form", text.value),
            format!("valid: {}", METHODS.join(", ")),
        )
    }

    fn success(&self, raw: &Spanned<raw::Success>) -> Option<Success> {
        let when = self.evidence(
            raw.span,
            raw.value.response.as_ref(),
            raw.value.page.as_ref(),
        );
        let receipt: Vec<_> = raw
            .value
            .receipt
            .0
            .iter()
            .map(|(name, field)| self.receipt_field(name, field))
            .collect();
        Some(Success {
            when: when?,
            receipt: receipt.into_iter().collect::<Option<_>>()?,
        })
    }

    fn rejection(&self, raw: &Spanned<raw::Rejection>) -> Option<Rejection> {
        let when = self.evidence(
            raw.span,
            raw.value.response.as_ref(),
            raw.value.page.as_ref(),
        );
        let message = match &raw.value.message {
            Some(source) => Some(self.receipt_source(source)?),
            None => None,
        };
        Some(Rejection {
            when: when?,
            message,
        })
    }

    fn evidence(
        &self,
        span: Span,
        response: Option<&raw::ResponseCheck>,
        page: Option<&raw::PageSign>,
    ) -> Option<Evidence> {
        match (response, page) {
            (Some(response), None) => {
                self.statuses(span, &response.status, true)?;
                if response.status.is_empty() && response.json.is_empty() {
                    return self.error(
                        span,
                        "any answer at all would do",
                        "name a `status` or some `json`",
                    );
                }
                for pointer in response.json.keys() {
                    self.pointer(span, pointer)?;
                }
                let json = response.json.iter().map(|(pointer, value)| JsonCheck {
                    pointer: pointer.clone(),
                    equals: value.clone(),
                });
                Some(Evidence::Response {
                    statuses: response.status.clone(),
                    json: json.collect(),
                })
            }
            (None, Some(page)) => self.condition(page).map(Evidence::Page),
            _ => self.error(span, "expected one sign", "exactly one of: response, page"),
        }
    }
}
