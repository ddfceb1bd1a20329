//! The ids of documents.

use mongodb::bson::{Bson, Document, doc, oid::ObjectId};
use serde_json::Value;

use crate::{DocumentId, StoreError};

/// From here on, numbers with a point have neighbours that look the same.
const LONGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

impl DocumentId {
    /// The id as the database has it.
    pub(super) fn of(id: Bson) -> Result<Self, StoreError> {
        doc! { "_id": canonical(id) }
            .to_vec()
            .map(Self)
            .map_err(|error| StoreError::Corrupt(format!("an id of a document: {error}")))
    }

    /// The id as the database takes it. It finds the document whose id it is.
    pub(super) fn bson(&self) -> Result<Bson, StoreError> {
        let unfit = || StoreError::Corrupt("an id of a document that is none".into());
        let mut document = Document::from_reader(self.bytes()).map_err(|_| unfit())?;
        document.remove("_id").ok_or_else(unfit)
    }

    /// The id as a person reads it, and types it in: [`parse`](Self::parse) makes the same of it.
    pub fn shown(&self) -> String {
        match self.bson() {
            Ok(Bson::ObjectId(id)) => id.to_hex(),
            // What reads like something else is quoted.
            Ok(Bson::String(text)) if !text.is_empty() && Self::parse(&text) == *self => text,
            Ok(id) => id.into_relaxed_extjson().to_string(),
            Err(_) => "unreadable".to_owned(),
        }
    }

    /// The id that a person means: the digits of an `ObjectId`, a number, a text, or anything else as extended JSON.
    pub fn parse(text: &str) -> Self {
        let id = match ObjectId::parse_str(text) {
            Ok(id) => Bson::ObjectId(id),
            Err(_) => serde_json::from_str::<Value>(text)
                .ok()
                .and_then(|value| Bson::try_from(value).ok())
                .unwrap_or_else(|| Bson::String(text.to_owned())),
        };
        Self::of(id).unwrap_or_else(|_| Self(Vec::new()))
    }
}

/// Numbers that the database takes for the same are the same.
fn canonical(id: Bson) -> Bson {
    match id {
        Bson::Int32(number) => Bson::Int64(number.into()),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it is whole and small, as is checked"
        )]
        Bson::Double(number) if number.fract() == 0.0 && number.abs() < LONGEST_WHOLE => {
            Bson::Int64(number as i64)
        }
        Bson::Decimal128(number) => match number.to_string().parse() {
            Ok(number) => Bson::Int64(number),
            Err(_) => Bson::Decimal128(number),
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_shown_as_it_can_be_typed_in() {
        let ids = [
            Bson::ObjectId(ObjectId::parse_str("65a1b2c3d4e5f60718293a4b").unwrap()),
            Bson::String("65a1b2c3d4e5f60718293a4b".into()),
            Bson::String("POL/17".into()),
            Bson::String("17".into()),
            Bson::String(String::new()),
            Bson::Int32(17),
            Bson::Double(1.5),
            Bson::Document(doc! { "branch": "BLR", "number": 7 }),
        ];
        let shown: Vec<String> = ids
            .into_iter()
            .map(|id| {
                let id = DocumentId::of(id).unwrap();
                assert_eq!(DocumentId::parse(&id.shown()).shown(), id.shown());
                id.shown()
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r#"
        65a1b2c3d4e5f60718293a4b
        "65a1b2c3d4e5f60718293a4b"
        POL/17
        "17"
        ""
        17
        1.5
        {"branch":"BLR","number":7}
        "#);
    }

    #[test]
    fn kf37_one_number_is_one_id_whatever_wrote_it() {
        let whole = DocumentId::of(Bson::Int64(17)).unwrap();
        for same in [Bson::Int32(17), Bson::Double(17.0)] {
            assert!(DocumentId::of(same).unwrap() == whole);
        }
        assert!(DocumentId::of(Bson::Double(17.5)).unwrap() != whole);
        assert!(DocumentId::of(Bson::String("17".into())).unwrap() != whole);
    }
}
