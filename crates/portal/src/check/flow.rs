//! Flows.

use std::time::Duration;

use formhand_domain::FlowName;

use super::{Checker, place::Place};
use crate::{
    diagnostic::Span, model::Flow, parse::Spanned, raw, record::RecordRules, value::Template,
};

/// The first system's users know it: a job takes 30 to 90 seconds, and after 300 it hangs.
const TIMEOUT: Duration = Duration::from_mins(5);

impl Checker<'_> {
    pub(super) fn flow(&self, name: &str, raw: &Spanned<raw::Flow>) -> Option<Flow> {
        let flow = &raw.value;
        let flow_name = match FlowName::new(name) {
            Ok(name) => Some(name),
            Err(error) => self.error(raw.span, error.to_string(), "such as two-wheeler"),
        };
        let record = self.record(name, raw.span)?;
        let mut place = Place::flow(record.fields());
        let business_key = self.business_key(&flow.business_key, &place);
        let label = self.template(&flow.label, &place);
        let steps = self.steps(&flow.steps.0, &mut place);
        match place.submits.as_slice() {
            [_] => {}
            [] => {
                self.error::<()>(
                    raw.span,
                    format!("the flow `{name}` never files the form"),
                    "one step is `submit: {click: …, request: …, succeeded: …}`",
                );
            }
            [first, second, ..] => {
                self.error::<()>(
                    *second,
                    format!("the flow `{name}` files the form a second time"),
                    format!(
                        "the first `submit` is on line {}; make two flows",
                        first.line
                    ),
                );
            }
        }
        let checked = Flow {
            name: flow_name?,
            title: flow.title.clone(),
            record: record.clone(),
            business_key: business_key?,
            label: label?,
            steps,
            verify: None,
            timeout: flow.timeout.map_or(TIMEOUT, |timeout| timeout.0),
        };
        match &flow.verify {
            None => Some(checked),
            Some(verify) => {
                let verify = self.verify(verify, &checked, record.fields())?;
                Some(Flow {
                    verify: Some(verify),
                    ..checked
                })
            }
        }
    }

    fn record(&self, flow: &str, span: Span) -> Option<RecordRules> {
        let Some(node) = self
            .root
            .get("flows")
            .and_then(|flows| flows.get(flow)?.get("record"))
        else {
            return self.error(span, "`record` is missing", "a JSON Schema of the record");
        };
        match RecordRules::new(node.to_json(), &self.language) {
            Ok(rules) => Some(rules),
            Err(faults) => {
                for fault in faults {
                    let at = node.span_at(fault.pointer.split('/').skip(1));
                    self.error::<()>(
                        at,
                        fault.message,
                        fault
                            .help
                            .unwrap_or_else(|| "see https://json-schema.org".to_owned()),
                    );
                }
                None
            }
        }
    }

    fn business_key(&self, text: &raw::Text, place: &Place<'_>) -> Option<Template> {
        let key = self.template(text, place)?;
        if key
            .variables()
            .iter()
            .any(|name| name.starts_with("record."))
        {
            return Some(key);
        }
        self.error(
            text.span,
            "every record has the same business key, so only one could ever be filed",
            "name what makes a case unique, such as `{{ record.chassisNumber | upper }}`",
        )
    }
}
