//! Steps that set a field, and how each is read back.

use super::{
    Checker,
    place::Place,
    readback::{Rule, Usual, usual},
};
use crate::{
    diagnostic::Span,
    model::{
        Compare, Field, FieldAction, ItemMatch, OptionBy, ReadWhat, StepAction, Target, Typing,
    },
    parse::Spanned,
    raw,
    value::Template,
};

impl Checker<'_> {
    pub(super) fn fill(
        &self,
        raw: &raw::Fill,
        label: &str,
        place: &Place<'_>,
    ) -> Option<StepAction> {
        let at = self.target(&raw.at);
        let value = self.template(&raw.value, place);
        let (at, value) = (at?, value?);
        let typing = match raw.typing {
            Some(raw::Typing::Keys) => Typing::Keys,
            Some(raw::Typing::Paste) | None => Typing::Paste,
        };
        let usual = usual(ReadWhat::Value, &value);
        self.set(
            label,
            at,
            FieldAction::Fill { value, typing },
            usual,
            &raw.readback,
            place,
        )
    }

    pub(super) fn select(
        &self,
        raw: &raw::Select,
        span: Span,
        label: &str,
        place: &Place<'_>,
    ) -> Option<StepAction> {
        let at = self.target(&raw.at);
        let mut found = Vec::new();
        found.extend(raw.value.as_ref().map(|text| ("value", (true, text))));
        found.extend(raw.text.as_ref().map(|text| ("text", (false, text))));
        let (by_value, text) = self.exactly_one(span, found, &["value", "text"])?;
        let template = self.template(text, place)?;
        let (read, option) = if by_value {
            (ReadWhat::Value, OptionBy::Value(template.clone()))
        } else {
            (ReadWhat::OptionText, OptionBy::Text(template.clone()))
        };
        self.set(
            label,
            at?,
            FieldAction::Select { option },
            usual(read, &template),
            &raw.readback,
            place,
        )
    }

    pub(super) fn pick(
        &self,
        raw: &raw::Pick,
        label: &str,
        place: &Place<'_>,
    ) -> Option<StepAction> {
        let at = self.target(&raw.at);
        let list = self.locator(&raw.list);
        let option = self.template(&raw.option, place)?;
        let usual = usual(ReadWhat::Text, &option);
        let action = FieldAction::Pick {
            list: list?,
            option,
        };
        self.set(label, at?, action, usual, &raw.readback, place)
    }

    pub(super) fn choose(
        &self,
        raw: &raw::Choose,
        span: Span,
        label: &str,
        place: &Place<'_>,
    ) -> Option<StepAction> {
        let at = self.target(&raw.at);
        let list = self.locator(&raw.list);
        let text = self.template(&raw.text, place);
        let mut found = Vec::new();
        found.extend(
            raw.option
                .as_ref()
                .map(|text| ("option", (ItemMatch::Exact, text))),
        );
        found.extend(
            raw.contains
                .as_ref()
                .map(|text| ("contains", (ItemMatch::Contains, text))),
        );
        let (by, wanted) = self.exactly_one(span, found, &["option", "contains"])?;
        let option = self.template(wanted, place)?;
        let compare = match by {
            ItemMatch::Exact => Compare::Exact,
            ItemMatch::Contains => Compare::Contains,
        };
        let usual = Usual {
            compare,
            ..usual(ReadWhat::Value, &option)
        };
        let action = FieldAction::Choose {
            text: text?,
            list: list?,
            option,
            by,
        };
        self.set(label, at?, action, usual, &raw.readback, place)
    }

    pub(super) fn check_box(
        &self,
        raw: &raw::Check,
        label: &str,
        place: &Place<'_>,
    ) -> Option<StepAction> {
        let at = self.target(&raw.at);
        let text = Spanned {
            span: raw.on.span,
            value: raw.on.value.0.clone(),
        };
        let on = self.template(&text, place)?;
        let usual = usual(ReadWhat::Checked, &on);
        self.set(
            label,
            at?,
            FieldAction::Check { on },
            usual,
            &raw.readback,
            place,
        )
    }

    pub(super) fn date(
        &self,
        raw: &raw::DateField,
        label: &str,
        place: &Place<'_>,
    ) -> Option<StepAction> {
        let at = self.target(&raw.at);
        let value = self.template(&raw.value, place)?;
        let usual = usual(ReadWhat::Value, &value);
        self.set(
            label,
            at?,
            FieldAction::Date { value },
            usual,
            &raw.readback,
            place,
        )
    }

    pub(super) fn upload(
        &self,
        raw: &raw::Upload,
        span: Span,
        label: &str,
        place: &Place<'_>,
    ) -> Option<StepAction> {
        let at = self.target(&raw.at);
        if raw.files.is_empty() {
            return self.error(
                span,
                "no file is given",
                "such as `files: [\"{{ record.scan }}\"]`",
            );
        }
        let files: Vec<_> = raw
            .files
            .iter()
            .map(|file| self.template(file, place))
            .collect();
        let files = files.into_iter().collect::<Option<Vec<_>>>()?;
        // A file field hides the path; what shows that it took the file differs from portal to portal.
        let usual = Usual {
            read: ReadWhat::Text,
            equals: None,
            compare: Compare::Exact,
        };
        self.set(
            label,
            at?,
            FieldAction::Upload { files },
            usual,
            &raw.readback,
            place,
        )
    }

    fn set(
        &self,
        label: &str,
        at: Target,
        action: FieldAction,
        usual: Usual,
        rule: &Rule,
        place: &Place<'_>,
    ) -> Option<StepAction> {
        let secret = usual.equals.as_ref().is_some_and(Template::is_secret);
        let readback = self.field_readback(label, &at, usual, rule, secret, place)?;
        Some(StepAction::Set(Field {
            label: label.to_owned(),
            at,
            action,
            readback,
            secret,
        }))
    }
}
