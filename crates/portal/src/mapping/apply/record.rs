//! The record, field by field.

use serde_json::{Map, Value};

use super::{
    convert::convert,
    find::{find, join},
    wanted::wanted,
};
use crate::mapping::{
    Problem,
    model::{Field, Shape, Source, Take},
    value::{Found, look},
};

const MISSING: Lack = Lack::Nothing("is missing");
const EMPTY: Lack = Lack::Nothing("has none of the fields that are taken from it");

/// A document with more problems than this is another document, such as one with a list of a million nulls.
const MOST: usize = 200;

/// Writes a record and gathers what is wrong.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) problems: Vec<Problem>,
}

/// Where in the document, and where in the record.
struct Place {
    path: String,
    field: String,
}

/// Why a place gave no value.
enum Lack {
    /// Nothing is there, in these words.
    Nothing(&'static str),
    /// Something is wrong with it, and that is recorded.
    Told,
}

impl Writer {
    /// The fields that the document gives. They are a record only if no problem was found.
    pub(super) fn record(&mut self, fields: &[Field], document: &Value) -> Map<String, Value> {
        let start = Place {
            path: String::new(),
            field: String::new(),
        };
        self.group(fields, document, &start)
    }

    fn group(&mut self, fields: &[Field], value: &Value, place: &Place) -> Map<String, Value> {
        let mut group = Map::new();
        for field in fields {
            let pointer = format!("{}/{}", place.field, escaped(&field.name));
            let inner = Place {
                path: place.path.clone(),
                field: pointer,
            };
            if let Some(value) = self.source(&field.source, value, inner) {
                group.insert(field.name.clone(), value);
            }
        }
        group
    }

    fn source(&mut self, source: &Source, value: &Value, place: Place) -> Option<Value> {
        match source {
            Source::Constant(value) => Some(value.clone()),
            Source::Document(take) => self.take(take, value, place),
            Source::Group(fields) => {
                let group = self.group(fields, value, &place);
                (!group.is_empty()).then_some(Value::Object(group))
            }
        }
    }

    fn take(&mut self, take: &Take, value: &Value, begin: Place) -> Option<Value> {
        let place = Place {
            path: join(&begin.path, &take.path.to_string()),
            field: begin.field,
        };
        let found = match find(value, &take.path, &begin.path) {
            Ok(Some(found)) if take.each => self.each(&take.shape, found, &place),
            Ok(Some(found)) => self.shape(&take.shape, found, &place),
            Ok(None) => Err(MISSING),
            Err(message) => Err(self.problem(&place, message)),
        };
        match found {
            Ok(value) => Some(value),
            Err(Lack::Nothing(what)) if !take.optional => {
                let wanted = if take.each {
                    "a list".to_owned()
                } else {
                    wanted(&take.shape)
                };
                self.problem(&place, format!("{what}; expected {wanted}"));
                None
            }
            Err(_) => None,
        }
    }

    fn each(&mut self, shape: &Shape, value: &Value, place: &Place) -> Result<Value, Lack> {
        let items = match look(value) {
            Some(Found::List(items)) => items,
            Some(other) => {
                return Err(self.problem(place, format!("is {}; expected a list", other.word())));
            }
            None => return Err(MISSING),
        };
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let index = index.to_string();
            let place = Place {
                path: join(&place.path, &index),
                field: format!("{}/{index}", place.field),
            };
            match self.shape(shape, item, &place) {
                Ok(value) => list.push(value),
                Err(Lack::Told) => {}
                Err(Lack::Nothing(what)) => {
                    self.problem(&place, format!("{what}; expected {}", wanted(shape)));
                }
            }
        }
        Ok(Value::Array(list))
    }

    fn shape(&mut self, shape: &Shape, value: &Value, place: &Place) -> Result<Value, Lack> {
        match shape {
            Shape::Value(reading) => match convert(reading, value) {
                Ok(Some(value)) => Ok(value),
                Ok(None) => Err(MISSING),
                Err(message) => Err(self.problem(place, message)),
            },
            Shape::Group(fields) => {
                match look(value) {
                    Some(Found::Group(_)) => {}
                    Some(other) => {
                        let message = format!("is {}; expected a group of fields", other.word());
                        return Err(self.problem(place, message));
                    }
                    None => return Err(MISSING),
                }
                let known = self.problems.len();
                let group = self.group(fields, value, place);
                if !group.is_empty() {
                    Ok(Value::Object(group))
                } else if self.problems.len() > known {
                    Err(Lack::Told)
                } else {
                    // A group that gives nothing is no more than one that is missing.
                    Err(EMPTY)
                }
            }
        }
    }

    fn problem(&mut self, place: &Place, message: String) -> Lack {
        if self.problems.len() < MOST {
            self.problems.push(Problem {
                path: place.path.clone(),
                field: place.field.clone(),
                message,
            });
        }
        Lack::Told
    }
}

/// A name in a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
