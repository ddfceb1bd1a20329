//! The parts of lists, maps and choices, one after the other.

use std::slice;

use serde::de::{
    DeserializeSeed, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};

use super::{Fault, Node, Sink, decode::Reader, node::Key};

/// The items of a list.
pub(super) struct Items<'a> {
    rest: slice::Iter<'a, Node>,
    sink: &'a Sink,
}

impl<'a> Items<'a> {
    pub(super) fn new(items: &'a [Node], sink: &'a Sink) -> Self {
        Self {
            rest: items.iter(),
            sink,
        }
    }
}

impl<'a> SeqAccess<'a> for Items<'a> {
    type Error = Fault;

    fn next_element_seed<T>(&mut self, seed: T) -> Result<Option<T::Value>, Fault>
    where
        T: DeserializeSeed<'a>,
    {
        let Some(node) = self.rest.next() else {
            return Ok(None);
        };
        let reader = Reader {
            node,
            sink: self.sink,
        };
        seed.deserialize(reader)
            .map(Some)
            .map_err(|fault| reader.record(fault))
    }
}

/// The entries of a map.
pub(super) struct Entries<'a> {
    rest: slice::Iter<'a, (Key, Node)>,
    only: Option<&'static [&'static str]>,
    value: Option<Reader<'a>>,
    sink: &'a Sink,
}

impl<'a> Entries<'a> {
    /// All of them.
    pub(super) fn lenient(entries: &'a [(Key, Node)], sink: &'a Sink) -> Self {
        Self {
            rest: entries.iter(),
            only: None,
            value: None,
            sink,
        }
    }

    /// Those with these keys.
    pub(super) fn of(
        entries: &'a [(Key, Node)],
        fields: &'static [&'static str],
        sink: &'a Sink,
    ) -> Self {
        Self {
            only: Some(fields),
            ..Self::lenient(entries, sink)
        }
    }
}

impl<'a> MapAccess<'a> for Entries<'a> {
    type Error = Fault;

    fn next_key_seed<K>(&mut self, seed: K) -> Result<Option<K::Value>, Fault>
    where
        K: DeserializeSeed<'a>,
    {
        for (key, node) in self.rest.by_ref() {
            if self
                .only
                .is_some_and(|only| !only.contains(&key.name.as_str()))
            {
                continue;
            }
            let sink = self.sink;
            self.value = Some(Reader { node, sink });
            // A key that is not known is what is wrong, not the map that it is in.
            return seed
                .deserialize(key.name.as_str().into_deserializer())
                .map(Some)
                .map_err(|fault: Fault| Fault {
                    span: fault.span.or(Some(key.span)),
                    ..fault
                });
        }
        Ok(None)
    }

    fn next_value_seed<V>(&mut self, seed: V) -> Result<V::Value, Fault>
    where
        V: DeserializeSeed<'a>,
    {
        match self.value.take() {
            Some(reader) => seed
                .deserialize(reader)
                .map_err(|fault| reader.record(fault)),
            None => Err(Fault::custom("a value is missing")),
        }
    }
}

/// One of several kinds of thing: `{visible: "#x"}`.
pub(super) struct Choice<'a> {
    key: &'a Key,
    value: Reader<'a>,
}

impl<'a> Choice<'a> {
    pub(super) fn new(key: &'a Key, node: &'a Node, sink: &'a Sink) -> Self {
        Self {
            key,
            value: Reader { node, sink },
        }
    }
}

impl<'a> EnumAccess<'a> for Choice<'a> {
    type Error = Fault;
    type Variant = Reader<'a>;

    fn variant_seed<V>(self, seed: V) -> Result<(V::Value, Reader<'a>), Fault>
    where
        V: DeserializeSeed<'a>,
    {
        let name = self.key.name.as_str().into_deserializer();
        match seed.deserialize(name) {
            Ok(variant) => Ok((variant, self.value)),
            Err(fault) => Err(Fault {
                span: Some(self.key.span),
                ..fault
            }),
        }
    }
}

impl<'a> VariantAccess<'a> for Reader<'a> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Err(self.record(Fault::invalid_type(Unexpected::Map, &"a single word")))
    }

    fn newtype_variant_seed<T>(self, seed: T) -> Result<T::Value, Fault>
    where
        T: DeserializeSeed<'a>,
    {
        seed.deserialize(self).map_err(|fault| self.record(fault))
    }

    fn tuple_variant<V: Visitor<'a>>(self, _len: usize, visitor: V) -> Result<V::Value, Fault> {
        serde::Deserializer::deserialize_any(self, visitor)
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        serde::Deserializer::deserialize_struct(self, "", fields, visitor)
    }
}
