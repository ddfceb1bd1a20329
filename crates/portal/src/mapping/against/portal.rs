//! The portal, its flow, and what the flow needs.

use std::collections::BTreeMap;

use formhand_domain::FlowName;

use super::Against;
use crate::{
    Diagnostics,
    diagnostic::suggest,
    mapping::{Mapping, model::Source},
    model::{Flow, Portal},
    parse::Sink,
};

impl Mapping {
    /// Says what cannot be right, whatever the documents hold: a flow that does not exist, fields that the flow does not
    /// know, fields that it needs and that are never set, values that it never takes.
    ///
    /// What is right here may still be refused by the flow's rules when a document's values are known.
    pub fn check_against(&self, portal: &Portal) -> Result<(), Diagnostics> {
        let sink = Sink::default();
        let against = Against {
            sink: &sink,
            portal,
        };
        against.mapping(self);
        if sink.is_empty() {
            return Ok(());
        }
        Err(Diagnostics(sink.into_diagnostics(&self.places.files)))
    }
}

impl Against<'_> {
    fn mapping(&self, mapping: &Mapping) {
        if mapping.portal != self.portal.name {
            self.error(
                mapping.places.portal,
                format!(
                    "the mapping is for another portal than `{}`",
                    self.portal.name
                ),
                format!("did you mean `{}`?", self.portal.name),
            );
            return;
        }
        let Some(flow) = self.portal.flows.get(&mapping.flow) else {
            self.error(
                mapping.places.flow,
                format!("the portal has no flow `{}`", mapping.flow),
                suggest(
                    mapping.flow.as_str(),
                    self.portal.flows.keys().map(FlowName::as_str),
                ),
            );
            return;
        };
        self.fields(&mapping.record, flow.record.schema(), mapping.places.record);
        self.implied(mapping, flow);
    }

    /// What the flow needs because of a value that every record has.
    fn implied(&self, mapping: &Mapping, flow: &Flow) {
        let set = |name: &str| mapping.record.iter().find(|field| field.name == name);
        let constants: BTreeMap<_, _> = mapping
            .record
            .iter()
            .filter_map(|field| match &field.source {
                Source::Constant(value) => Some((field.name.clone(), value.clone())),
                _ => None,
            })
            .collect();
        let always_set = |name: &str| set(name).is_some_and(|field| !field.source.is_optional());
        for name in flow.record.fields().implied(&constants, &always_set) {
            if set(&name).is_none() {
                self.error(
                    mapping.places.record,
                    format!(
                        "with what the mapping sets, the flow needs `{name}`, and it is never set"
                    ),
                    format!("such as `{name}: a.path.of.the.document`"),
                );
            }
        }
    }
}
