//! The schemas of all that is sent and taken, made from the very types that serde writes and reads.

use schemars::{
    Schema, SchemaGenerator,
    generate::SchemaSettings,
    transform::{Transform, transform_subschemas},
};
use serde_json::{Map, Value, json};

/// Asks a generator for the schema of a type: `SchemaGenerator::subschema_for::<T>`.
pub(super) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// What was asked for so far.
pub(super) struct Schemas {
    /// What serde writes: a key that is null sometimes is always there.
    written: SchemaGenerator,
    /// What serde reads: a key that may be null may be missing.
    read: SchemaGenerator,
}

impl Schemas {
    pub(super) fn new() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = "/components/schemas".into();
                settings.meta_schema = None;
            })
        };
        Self {
            written: settings().for_serialize().into_generator(),
            read: settings().for_deserialize().into_generator(),
        }
    }

    /// Of an answer.
    pub(super) fn of_answer(&mut self, of: SchemaOf) -> Value {
        plain(of(&mut self.written))
    }

    /// Of a parameter or a body.
    pub(super) fn of_request(&mut self, of: SchemaOf) -> Value {
        plain(of(&mut self.read))
    }

    /// All schemas that have a name, in the order of the names. One that is read and written says the same of both, or
    /// it is two types: a test looks.
    pub(super) fn named(mut self) -> Map<String, Value> {
        let mut named: Vec<(String, Value)> = Vec::new();
        let read = self.read.take_definitions(false);
        for (name, schema) in self.written.take_definitions(false).into_iter().chain(read) {
            if named.iter().all(|(other, _)| *other != name) {
                named.push((name, plain_value(schema)));
            }
        }
        named.sort_by(|(one, _), (other, _)| one.cmp(other));
        named.into_iter().collect()
    }

    /// The names under which something else is read than is written.
    #[cfg(test)]
    pub(super) fn at_odds(mut self) -> Vec<String> {
        let read = self.read.take_definitions(false);
        let written = self.written.take_definitions(false);
        let differs = |(name, schema): &(String, Value)| {
            written.get(name).is_some_and(|other| other != schema)
        };
        read.into_iter()
            .filter(differs)
            .map(|(name, _)| name)
            .collect()
    }
}

fn plain_value(schema: Value) -> Value {
    Schema::try_from(schema).map_or(Value::Null, plain)
}

fn plain(mut schema: Schema) -> Value {
    ForClients.transform(&mut schema);
    schema.into()
}

/// Says things as generators of clients understand them.
struct ForClients;

impl Transform for ForClients {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        name_values(schema);
        name_keys(schema);
        size_integers(schema);
    }
}

/// A choice of constants, each with words of its own, becomes an `enum`; the words go into the description.
fn name_values(schema: &mut Schema) {
    let Some(Value::Array(choices)) = schema.get("oneOf") else {
        return;
    };
    let named: Option<Vec<(Value, String)>> = choices.iter().map(constant).collect();
    let Some(named) = named else { return };
    let words: Vec<String> = named
        .iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(name, words)| format!("- `{}`: {words}", name.as_str().unwrap_or_default()))
        .collect();
    let description = schema
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let description = format!("{description}\n\n{}", words.join("\n"));
    let values: Vec<Value> = named.into_iter().map(|(name, _)| name).collect();
    let object = schema.ensure_object();
    object.remove("oneOf");
    object.insert("type".to_owned(), "string".into());
    object.insert("enum".to_owned(), values.into());
    object.insert("description".to_owned(), description.trim().into());
}

fn constant(choice: &Value) -> Option<(Value, String)> {
    let name = choice.get("const").filter(|name| name.is_string())?;
    let words = choice
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    Some((name.clone(), words.replace('\n', " ")))
}

/// Generators of clients know of the values of a map, and not that they may go by the pattern of a key.
fn name_keys(schema: &mut Schema) {
    let Some(Value::Object(patterns)) = schema.get("patternProperties") else {
        return;
    };
    let mut patterns = patterns.clone().into_iter();
    let (Some((pattern, values)), None) = (patterns.next(), patterns.next()) else {
        return;
    };
    schema.remove("patternProperties");
    schema.insert("additionalProperties".to_owned(), values);
    schema.insert("propertyNames".to_owned(), json!({"pattern": pattern}));
}

/// OpenAPI knows the signed formats only. None of our numbers comes near their end.
fn size_integers(schema: &mut Schema) {
    let format = schema.get("format").and_then(Value::as_str);
    let known = match format {
        Some("uint8" | "uint16" | "int16") => "int32",
        Some("uint32" | "uint64" | "uint") => "int64",
        _ => return,
    };
    schema.insert("format".to_owned(), known.into());
}

/// The address of a schema that has a name.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}
