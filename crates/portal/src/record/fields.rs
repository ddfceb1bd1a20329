//! What the schema says about the presence of fields.

use std::collections::BTreeMap;

use serde_json::Value;

/// The fields of a record.
#[derive(Debug)]
pub(crate) struct Fields {
    schema: Value,
    implications: Vec<Implication>,
}

/// `if` a field has a value, `then` others must be there.
#[derive(Debug)]
struct Implication {
    equal: BTreeMap<String, Value>,
    defined: Vec<String>,
    then: Vec<String>,
}

/// What is known of a name such as `record.address.city`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    /// It is a field. These parts of the way to it may be absent.
    Field { uncertain: Vec<String> },
    /// There is no such field; these are the names at that place.
    Nothing { part: String, valid: Vec<&'a str> },
}

impl Fields {
    pub(super) fn new(schema: Value) -> Self {
        let implications = implications(&schema);
        Self {
            schema,
            implications,
        }
    }

    pub(crate) fn schema(&self) -> &Value {
        &self.schema
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        names(&self.schema)
    }

    /// Looks a dotted path up, without its leading `record.`.
    pub(crate) fn find(&self, path: &str) -> Found<'_> {
        let mut schema = &self.schema;
        let mut uncertain = Vec::new();
        let mut walked = String::new();
        for part in path.split('.') {
            let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
                // A place that the schema leaves open.
                break;
            };
            let Some(inner) = properties.get(part) else {
                return Found::Nothing {
                    part: part.to_owned(),
                    valid: names(schema).collect(),
                };
            };
            if !walked.is_empty() {
                walked.push('.');
            }
            walked.push_str(part);
            let required = schema.get("required").and_then(Value::as_array);
            if !required.is_some_and(|names| names.iter().any(|name| name == part)) {
                uncertain.push(walked.clone());
            }
            schema = inner;
        }
        Found::Field { uncertain }
    }

    /// What must be there, too, if these fields have these values and those are there.
    pub(crate) fn implied(
        &self,
        equal: &BTreeMap<String, Value>,
        defined: &dyn Fn(&str) -> bool,
    ) -> Vec<String> {
        let holds = |rule: &&Implication| {
            rule.equal
                .iter()
                .all(|(name, value)| equal.get(name) == Some(value))
                && rule
                    .defined
                    .iter()
                    .all(|name| equal.contains_key(name) || defined(name))
        };
        self.implications
            .iter()
            .filter(holds)
            .flat_map(|rule| rule.then.iter().cloned())
            .collect()
    }

    /// Where a pointer's field stands in the schema, for errors in the order of the form.
    pub(super) fn position(&self, pointer: &str) -> usize {
        let first = pointer.split('/').nth(1).unwrap_or_default();
        self.names()
            .position(|name| name == first)
            .unwrap_or(usize::MAX)
    }
}

fn names(schema: &Value) -> impl Iterator<Item = &str> + Clone {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|properties| properties.keys().map(String::as_str))
}

/// The `if`/`then` pairs and `dependentRequired` of the schema's top level.
fn implications(schema: &Value) -> Vec<Implication> {
    let all = schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let mut found: Vec<Implication> = all.chain([schema]).filter_map(conditional).collect();
    let dependent = schema.get("dependentRequired").and_then(Value::as_object);
    for (name, needed) in dependent.into_iter().flatten() {
        found.push(Implication {
            equal: BTreeMap::new(),
            defined: vec![name.clone()],
            then: texts(needed),
        });
    }
    found
}

fn conditional(schema: &Value) -> Option<Implication> {
    let condition = schema.get("if")?.as_object()?;
    // Any other word in the condition makes it one that we do not understand.
    if condition
        .keys()
        .any(|key| key != "properties" && key != "required")
    {
        return None;
    }
    let mut equal = BTreeMap::new();
    for (name, inner) in condition
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let inner = inner.as_object().filter(|inner| inner.len() == 1)?;
        equal.insert(name.clone(), inner.get("const")?.clone());
    }
    let defined = condition.get("required").map(texts).unwrap_or_default();
    let then = texts(schema.get("then")?.get("required")?);
    Some(Implication {
        equal,
        defined,
        then,
    })
}

fn texts(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}
