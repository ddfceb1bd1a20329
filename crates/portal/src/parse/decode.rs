//! From the tree to the raw types, gathering every error on the way instead of stopping at the first.

use serde::{
    Deserialize, Deserializer,
    de::{self, IntoDeserializer, Unexpected, Visitor, value::MapDeserializer},
};

use super::{
    Fault, Kind, Node, Sink,
    access::{Choice, Entries, Items},
    spanned::{SPANNED, SPANNED_FIELDS},
};
use crate::diagnostic::suggest;

/// Decodes a tree. What is wrong is in the sink; nothing is returned if the whole could not be decoded.
pub(crate) fn decode<'a, T: Deserialize<'a>>(node: &'a Node, sink: &'a Sink) -> Option<T> {
    let reader = Reader { node, sink };
    T::deserialize(reader)
        .map_err(|fault| reader.record(fault))
        .ok()
}

/// Reads one node.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) node: &'a Node,
    pub(super) sink: &'a Sink,
}

impl<'a> Reader<'a> {
    /// Puts an error that has no place yet to this node, and into the sink.
    pub(super) fn record(self, mut fault: Fault) -> Fault {
        if !fault.recorded {
            fault.span.get_or_insert(self.node.span);
            fault.recorded = true;
            self.sink.push(fault.clone());
        }
        fault
    }

    fn recorded<T>(self, result: Result<T, Fault>) -> Result<T, Fault> {
        result.map_err(|fault| self.record(fault))
    }

    fn unexpected(self) -> Unexpected<'a> {
        match &self.node.kind {
            Kind::Null => Unexpected::Unit,
            Kind::Bool(value) => Unexpected::Bool(*value),
            Kind::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => Unexpected::Unsigned(value),
                (None, Some(value)) => Unexpected::Signed(value),
                _ => Unexpected::Float(number.as_f64().unwrap_or_default()),
            },
            Kind::Text(text) => Unexpected::Str(text),
            Kind::List(_) => Unexpected::Seq,
            Kind::Map(_) => Unexpected::Map,
        }
    }

    fn visit_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => visitor.visit_u64(value),
                (None, Some(value)) => visitor.visit_i64(value),
                _ => visitor.visit_f64(number.as_f64().unwrap_or_default()),
            },
            Kind::Text(text) => visitor.visit_borrowed_str(text),
            Kind::List(items) => visitor.visit_seq(Items::new(items, self.sink)),
            Kind::Map(entries) => visitor.visit_map(Entries::lenient(entries, self.sink)),
        }
    }

    fn visit_spanned<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        let span = self.node.span;
        let file = u32::try_from(span.file.0).unwrap_or_default();
        let parts = [
            Part::Number(file),
            Part::Number(span.line),
            Part::Number(span.column),
            Part::Value(self),
        ];
        visitor.visit_map(MapDeserializer::new(
            SPANNED_FIELDS.iter().copied().zip(parts),
        ))
    }

    fn visit_fields<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let Kind::Map(entries) = &self.node.kind else {
            // Lets the visitor say what it expects.
            return self.visit_any(visitor);
        };
        for (key, _) in entries
            .iter()
            .filter(|(key, _)| !fields.contains(&key.name.as_str()))
        {
            self.sink.push(
                Fault::new(key.span, format!("`{}` is not known here", key.name))
                    .help(suggest(&key.name, fields.iter().copied())),
            );
        }
        visitor.visit_map(Entries::of(entries, fields, self.sink))
    }
}

impl<'a> Deserializer<'a> for Reader<'a> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.recorded(self.visit_any(visitor))
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.kind {
            Kind::Null => self.recorded(visitor.visit_none()),
            _ => self.recorded(visitor.visit_some(self)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.recorded(visitor.visit_newtype_struct(self))
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == SPANNED {
            return self.recorded(self.visit_spanned(visitor));
        }
        self.recorded(self.visit_fields(fields, visitor))
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let names = || suggest("", variants.iter().copied());
        self.recorded(match &self.node.kind {
            Kind::Text(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            Kind::Map(entries) => match entries.as_slice() {
                [(key, value)] => visitor.visit_enum(Choice::new(key, value, self.sink)),
                [] => Err(Fault::new(self.node.span, "one key is needed here").help(names())),
                [_, (second, _), ..] => Err(Fault::new(
                    second.span,
                    format!(
                        "`{}` is one too many: exactly one key is needed here",
                        second.name
                    ),
                )
                .help(names())),
            },
            _ => Err(de::Error::invalid_type(
                self.unexpected(),
                &format!("one of {}", variants.join(", ")).as_str(),
            )),
        })
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

impl<'a> IntoDeserializer<'a, Fault> for Reader<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// A part of a value with its place.
enum Part<'a> {
    Number(u32),
    Value(Reader<'a>),
}

impl<'a> IntoDeserializer<'a, Fault> for Part<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Hands every question on to the value.
macro_rules! hand_on {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
            match self {
                Self::Number(number) => visitor.visit_u32(number),
                Self::Value(reader) => reader.$method(visitor),
            }
        })+
    };
}

impl<'a> Deserializer<'a> for Part<'a> {
    type Error = Fault;

    hand_on! { deserialize_any deserialize_option }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self {
            Self::Number(number) => visitor.visit_u32(number),
            Self::Value(reader) => reader.deserialize_newtype_struct(name, visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self {
            Self::Number(number) => visitor.visit_u32(number),
            Self::Value(reader) => reader.deserialize_struct(name, fields, visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self {
            Self::Number(number) => visitor.visit_u32(number),
            Self::Value(reader) => reader.deserialize_enum(name, variants, visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}
