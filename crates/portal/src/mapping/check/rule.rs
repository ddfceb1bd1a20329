//! Where a field comes from.

use super::Checker;
use crate::{
    diagnostic::Span,
    mapping::{
        model::{Convert, Field, Reading, Shape, Source, Take},
        raw::{LongRule, Ordered, Rule},
    },
    parse::{Node, Spanned},
};

const SOURCES: &str = "exactly one of: from, each, value; or `record` alone for a group of fields";

const ONLY_RECORD: &str =
    "a group that is read from no place has only `record`; `from` or `each` names one";
const WITH_RECORD: &str =
    "a group has `from` or `each`, `record` and `optional`; values are read by its fields";

/// What may stand beside `record`.
const BESIDE_RECORD: &[&str] = &["from", "each", "record", "optional"];

impl Checker<'_> {
    /// The fields of a record or of a group. `node` is the map that they are written in.
    pub(super) fn fields(
        &self,
        raw: &Spanned<Ordered<Spanned<Rule>>>,
        node: &Node,
    ) -> Option<Vec<Field>> {
        if raw.value.0.is_empty() {
            return self.error(
                raw.span,
                "there is no field",
                "such as `firstName: customer.first_name`",
            );
        }
        let fields: Vec<_> = raw
            .value
            .0
            .iter()
            .map(|(name, rule)| {
                let span = node.span_at([name.as_str()].into_iter());
                let source = self.source(rule, node.get(name)?)?;
                Some(Field {
                    name: name.clone(),
                    span,
                    source,
                })
            })
            .collect();
        fields.into_iter().collect()
    }

    fn source(&self, raw: &Spanned<Rule>, node: &Node) -> Option<Source> {
        match &raw.value {
            Rule::Short(written) => Some(Source::Document(Take {
                path: self.written(raw.span, written)?,
                each: false,
                optional: false,
                shape: Shape::Value(Reading {
                    trim: false,
                    blank_is_missing: false,
                    convert: Convert::Keep,
                }),
            })),
            Rule::Long(rule) => self.long(raw.span, rule, node),
        }
    }

    fn long(&self, span: Span, rule: &LongRule, node: &Node) -> Option<Source> {
        let (path, each) = match (&rule.from, &rule.each, &rule.value) {
            (Some(path), None, None) => (path, false),
            (None, Some(path), None) => (path, true),
            (None, None, Some(value)) => {
                self.only(
                    node,
                    &["value"],
                    "beside `value` stands nothing: it is the same for every document",
                )?;
                return Some(Source::Constant(value.value.0.clone()));
            }
            (None, None, None) => {
                let Some(record) = &rule.record else {
                    return self.error(span, "nothing says where the field comes from", SOURCES);
                };
                self.only(node, &["record"], ONLY_RECORD)?;
                return self.fields(record, node.get("record")?).map(Source::Group);
            }
            _ => {
                return self.error(
                    span,
                    "a field comes from one place, and this names several",
                    SOURCES,
                );
            }
        };
        let path = self.path(path);
        let shape = match &rule.record {
            Some(record) => {
                let sound = self.only(node, BESIDE_RECORD, WITH_RECORD);
                let fields = self.fields(record, node.get("record")?);
                sound.and(fields).map(Shape::Group)
            }
            None => self.convert(span, rule).map(|convert| {
                Shape::Value(Reading {
                    trim: rule.trim == Some(true),
                    blank_is_missing: rule.blank.is_some(),
                    convert,
                })
            }),
        };
        Some(Source::Document(Take {
            path: path?,
            each,
            optional: rule.optional == Some(true),
            shape: shape?,
        }))
    }

    /// Whether nothing stands there but these keys.
    fn only(&self, node: &Node, keys: &[&str], help: &str) -> Option<()> {
        let mut sound = Some(());
        for (key, _) in node.entries() {
            if !keys.contains(&key.name.as_str()) {
                sound = self.error(key.span, format!("`{}` means nothing here", key.name), help);
            }
        }
        sound
    }
}
