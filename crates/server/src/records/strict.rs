//! JSON that means one thing only.
//!
//! The usual reader keeps the last of two equal keys and rounds numbers that are too long. Both would file something
//! that nobody wrote.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};

/// From here on, whole numbers have neighbours that look the same once read.
const LONGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// A value that means one thing only.
struct Strict(Value);

/// Reads an object.
pub(super) fn object<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Map<String, Value>, D::Error> {
    deserializer.deserialize_map(ObjectVisitor)
}

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor).map(Self)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object such as {\"firstName\": \"Asha\"}")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if object.contains_key(&key) {
                let key: String = key.chars().take(40).collect();
                return Err(de::Error::custom(format!("{key:?} is there twice")));
            }
            let Strict(value) = map.next_value()?;
            object.insert(key, value);
        }
        Ok(object)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).filter(|_| value.abs() < LONGEST_WHOLE);
        number
            .map(Value::Number)
            .ok_or_else(|| E::custom("a number is too long to be kept exactly: write it as text"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<Value, S::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Value, M::Error> {
        ObjectVisitor.visit_map(map).map(Value::Object)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_json;

    fn message(text: &str) -> String {
        read_json(text).unwrap_err().to_string()
    }

    #[test]
    fn kf13_a_record_that_says_two_things_is_refused() {
        insta::assert_snapshot!(message(r#"{"record":{"idv":1,"idv":2}}"#), @r#"input:1:24: "idv" is there twice"#);
        insta::assert_snapshot!(message(r#"{"record":{"nominee":{"name":"A","name":"B"}}}"#), @r#"input:1:39: "name" is there twice"#);
        insta::assert_snapshot!(message(r#"{"record":{"aadhar":123456789012345678901}}"#), @"input:1:41: a number is too long to be kept exactly: write it as text");
        insta::assert_snapshot!(message(r#"{"record":[]}"#), @r#"input:1:10: invalid type: sequence, expected an object such as {"firstName": "Asha"}"#);
    }

    #[test]
    fn everything_else_is_kept_as_it_is() {
        let text = r#"{"a":null,"b":[1,-2,1.5,"x",true],"c":{"d":18446744073709551615}}"#;
        let (envelopes, _) = read_json(&format!("{{\"record\":{text}}}")).unwrap();
        assert_eq!(serde_json::to_string(&envelopes[0].record).unwrap(), text);
    }
}
