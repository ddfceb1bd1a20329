//! Which account files, as written: a name, or where the document tells it.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};

use super::{Ordered, Path};
use crate::{parse::Spanned, raw::Text};

/// Which account files.
#[derive(Debug, Clone)]
pub(crate) enum Account {
    Named(String),
    Told(ToldAccount),
}

/// The document tells which account files.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToldAccount {
    /// Where it tells.
    pub(crate) from: Path,
    /// The document's word and the account's name for it. Without them the document holds the account's name itself.
    pub(crate) values: Option<Spanned<Ordered<Text>>>,
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AccountVisitor;

        impl<'de> Visitor<'de> for AccountVisitor {
            type Value = Account;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of an account such as main, or {from: agent.code, values: {A17: main}}")
            }

            fn visit_str<E>(self, text: &str) -> Result<Account, E> {
                Ok(Account::Named(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Account, A::Error> {
                ToldAccount::deserialize(MapAccessDeserializer::new(access)).map(Account::Told)
            }
        }

        deserializer.deserialize_any(AccountVisitor)
    }
}

impl JsonSchema for Account {
    fn schema_name() -> Cow<'static, str> {
        "Account".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let told = generator.subschema_for::<ToldAccount>();
        json_schema!({
            "anyOf": [{"type": "string", "pattern": "^[a-z0-9-]{1,64}$"}, told],
        })
    }
}
