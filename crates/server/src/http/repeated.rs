//! Keys that an object of a JSON body has twice. Readers take the first or the last of them, so it is not known which is meant.

use std::{collections::BTreeSet, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::problem::pointer_part;

/// The JSON pointer to the first key that its object has had before, however deep; nothing if there is none, or if the text
/// is no JSON: its own reader tells of that.
pub(super) fn repeated_key(text: &[u8]) -> Option<String> {
    let mut found = None;
    let look = Look {
        pointer: String::new(),
        found: &mut found,
    };
    // Whatever ends the reading, what was found is found.
    let _ = look.deserialize(&mut serde_json::Deserializer::from_slice(text));
    found
}

/// Looks at a value and all that is in it.
struct Look<'a> {
    pointer: String,
    found: &'a mut Option<String>,
}

impl Look<'_> {
    fn at(&mut self, part: &str) -> Look<'_> {
        Look {
            pointer: format!("{}/{part}", self.pointer),
            found: self.found,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        let mut index = 0_usize;
        while list
            .next_element_seed(self.at(&index.to_string()))?
            .is_some()
        {
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(key) = object.next_key::<String>()? {
            let inside = self.at(&pointer_part(&key));
            if seen.contains(&key) {
                *inside.found = Some(inside.pointer);
                return Err(A::Error::custom("a key is there twice"));
            }
            object.next_value_seed(inside)?;
            seen.insert(key);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_there_twice_is_found_however_deep_it_lies() {
        let cases = [
            (r#"{"a": 1, "a": 2}"#, Some("/a")),
            (
                r#"{"a": {"b": [true, {"c": null, "c": 1.5}]}}"#,
                Some("/a/b/1/c"),
            ),
            (r#"[{"x/y": "", "x/y": ""}]"#, Some("/0/x~1y")),
            // The same key, written in two ways.
            (r#"{"a": 1, "\u0061": 2}"#, Some("/a")),
            (r#"{"a": {"a": -1}, "b": [{"a": 1}, {"a": 1}]}"#, None),
            ("3", None),
            ("", None),
            ("no JSON", None),
        ];
        for (text, pointer) in cases {
            assert_eq!(repeated_key(text.as_bytes()).as_deref(), pointer, "{text}");
        }
    }
}
