//! From a schema to rules, or what is wrong with the schema.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{
    Fields, parse_dmy,
    rules::Inner,
    words::{Word, WordRule},
};
use crate::{diagnostic::suggest, value::Language};

/// Something wrong with a schema.
#[derive(Debug)]
pub(crate) struct SchemaFault {
    /// Where in the schema.
    pub(crate) pointer: String,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// The words of JSON Schema that a record's schema may use, and ours.
const KEYWORDS: &[&str] = &[
    "$schema",
    "$id",
    "$defs",
    "$ref",
    "$comment",
    "title",
    "description",
    "examples",
    "deprecated",
    "type",
    "enum",
    "const",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "dependentSchemas",
    "items",
    "prefixItems",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "map",
    "age",
    "digits",
    "expected",
    "public",
];

pub(super) fn build(
    mut schema: Value,
    language: &Arc<Language>,
) -> Result<Inner, Vec<SchemaFault>> {
    let mut walk = Walk {
        language,
        faults: Vec::new(),
        words: Vec::new(),
    };
    if schema.get("type").and_then(Value::as_str) != Some("object")
        || schema.get("properties").is_none()
    {
        walk.fault(
            "",
            "a record is an object with fields",
            "start with `type: object` and `properties:`",
        );
        return Err(walk.faults);
    }
    walk.schema(&mut schema, "", Some(""));
    let Walk {
        mut faults, words, ..
    } = walk;
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .with_format("date-dmy", |text: &str| parse_dmy(text).is_some())
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .offline()
        .build(&schema);
    match validator {
        Ok(validator) if faults.is_empty() => Ok(Inner {
            fields: Fields::new(schema),
            validator,
            words,
            language: Arc::clone(language),
        }),
        Ok(_) => Err(faults),
        Err(error) => {
            if faults.is_empty() {
                faults.push(SchemaFault {
                    pointer: error.instance_path().as_str().to_owned(),
                    message: format!("is not a valid JSON Schema: {error}"),
                    help: None,
                });
            }
            Err(faults)
        }
    }
}

struct Walk<'a> {
    language: &'a Language,
    faults: Vec<SchemaFault>,
    words: Vec<WordRule>,
}

impl Walk<'_> {
    fn fault(&mut self, pointer: &str, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(SchemaFault {
            pointer: pointer.to_owned(),
            message: message.into(),
            help: Some(help.into()),
        });
    }

    /// `record` is where in a record the schema's values are, if that is one certain place.
    fn schema(&mut self, schema: &mut Value, at: &str, record: Option<&str>) {
        let Some(words) = schema.as_object_mut() else {
            return;
        };
        for word in words
            .keys()
            .filter(|word| !KEYWORDS.contains(&word.as_str()))
        {
            let help = if word == "default" {
                "a value that a record lacks is never made up: make the field required".to_owned()
            } else {
                suggest(word, KEYWORDS.iter().copied())
            };
            let message = format!("`{word}` is not a word of a record's schema");
            self.fault(&format!("{at}/{word}"), message, help);
        }
        self.types(words, at);
        self.own_words(words, at, record);
        if record.is_some() && words.contains_key("properties") {
            words
                .entry("additionalProperties")
                .or_insert(Value::Bool(false));
        }
        for (word, inner) in words.iter_mut() {
            let here = format!("{at}/{word}");
            match word.as_str() {
                "properties" | "patternProperties" | "$defs" | "dependentSchemas" => {
                    let certain = record.filter(|_| word == "properties");
                    for (name, field) in inner.as_object_mut().into_iter().flatten() {
                        let place = certain.map(|record| format!("{record}/{name}"));
                        self.schema(field, &format!("{here}/{name}"), place.as_deref());
                    }
                }
                "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                    for (index, part) in inner.as_array_mut().into_iter().flatten().enumerate() {
                        self.schema(part, &format!("{here}/{index}"), None);
                    }
                }
                "if"
                | "then"
                | "else"
                | "not"
                | "items"
                | "contains"
                | "additionalProperties"
                | "propertyNames" => self.schema(inner, &here, None),
                _ => {}
            }
        }
    }

    fn types(&mut self, words: &Map<String, Value>, at: &str) {
        const TYPES: [&str; 7] = [
            "string", "integer", "number", "boolean", "array", "object", "null",
        ];
        let names: Vec<&Value> = match words.get("type") {
            Some(Value::Array(names)) => names.iter().collect(),
            Some(name) => vec![name],
            None => Vec::new(),
        };
        for name in names {
            let shown = name
                .as_str()
                .map_or_else(|| name.to_string(), str::to_owned);
            if !TYPES.contains(&shown.as_str()) {
                let help = suggest(&shown, TYPES.into_iter());
                self.fault(
                    &format!("{at}/type"),
                    format!("`{shown}` is not a type"),
                    help,
                );
            }
        }
    }

    fn own_words(&mut self, words: &Map<String, Value>, at: &str, record: Option<&str>) {
        for name in ["map", "digits", "age"] {
            let Some(value) = words.get(name) else {
                continue;
            };
            let here = format!("{at}/{name}");
            let Some(record) = record else {
                self.fault(
                    &here,
                    format!("`{name}` has no effect here"),
                    "it belongs to a field under `properties`, outside lists and conditions",
                );
                continue;
            };
            let word = match name {
                "map" => self.map(value, &here),
                "digits" => value.as_u64().filter(|count| *count > 0).map(Word::Digits),
                _ => age(words, value),
            };
            match word {
                Some(word) => self.words.push(WordRule::new(record.to_owned(), word)),
                None if name == "digits" => {
                    self.fault(&here, "expected a number of digits", "such as `digits: 10`");
                }
                None if name == "age" => self.fault(
                    &here,
                    "expected the least and the greatest age of a `format: date-dmy`",
                    "such as `age: {min: 18, max: 70}`",
                ),
                None => {}
            }
        }
        for (name, right) in [("public", "`true` or `false`"), ("expected", "a text")] {
            let wrong = words.get(name).is_some_and(|value| match name {
                "public" => !value.is_boolean(),
                _ => !value.is_string(),
            });
            if wrong {
                self.fault(
                    &format!("{at}/{name}"),
                    format!("`{name}` must be {right}"),
                    "see above",
                );
            }
        }
    }

    fn map(&mut self, value: &Value, here: &str) -> Option<Word> {
        let lists = self.language.lists();
        match value.as_str() {
            Some(list) if lists.contains_key(list) => Some(Word::Map(list.to_owned())),
            Some(list) => {
                let help = suggest(list, lists.keys().map(String::as_str));
                self.fault(
                    here,
                    format!("there is no code list `{list}` under `maps`"),
                    help,
                );
                None
            }
            None => {
                self.fault(
                    here,
                    "expected the name of a code list",
                    "such as `map: states`",
                );
                None
            }
        }
    }
}

fn age(words: &Map<String, Value>, value: &Value) -> Option<Word> {
    let limits = value.as_object().filter(|limits| limits.len() == 2)?;
    let limit = |name| i16::try_from(limits.get(name)?.as_u64()?).ok();
    let (min, max) = (limit("min")?, limit("max")?);
    let is_date = words.get("format").and_then(Value::as_str) == Some("date-dmy");
    (is_date && min <= max).then_some(Word::Age { min, max })
}
