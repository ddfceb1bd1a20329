//! What is written of the chain, and how it is read.

use mongodb::bson::{Binary, Bson, Document, doc, spec::BinarySubtype};

use super::super::document::{number, optional_text, text};
use crate::{Act, Bond, Deed, DeedParts, Digest, Salt, StoreError, json, time};

/// What an entry is hashed with.
pub(in super::super) const SALT: &str = "salt";
/// The hash of what it says.
pub(in super::super) const DIGEST: &str = "digest";
/// Its link.
pub(in super::super) const LINK: &str = "link";

/// Bytes as documents hold them.
pub(in super::super) fn binary(bytes: &[u8]) -> Bson {
    Bson::Binary(Binary {
        subtype: BinarySubtype::Generic,
        bytes: bytes.to_vec(),
    })
}

/// Bytes of a document; nothing if there are none.
pub(super) fn bytes<'a>(document: &'a Document, field: &str) -> Option<&'a [u8]> {
    document.get_binary_generic(field).ok().map(Vec::as_slice)
}

/// The bond of a document, if it has a whole one.
pub(super) fn bond(document: &Document) -> Option<Bond> {
    Some(Bond {
        digest: Digest::read(bytes(document, DIGEST)?)?,
        link: Digest::read(bytes(document, LINK)?)?,
    })
}

/// The salt of a document.
pub(super) fn salt(document: &Document) -> Option<Salt> {
    Salt::read(bytes(document, SALT)?)
}

/// The fields of a bond.
pub(in super::super) fn bond_fields(bond: Bond) -> Document {
    doc! { DIGEST: binary(bond.digest.bytes()), LINK: binary(bond.link.bytes()) }
}

/// An act.
pub(in super::super) fn act_document(
    (seq, key): (i64, &str),
    act: &Act,
    salt: Salt,
    bond: Bond,
) -> Result<Document, StoreError> {
    let DeedParts { name, of, detail } = act.deed.parts();
    let mut document = doc! {
        "_id": seq,
        "key": key,
        "at": time::stored(act.at),
        "writer": json::encode(&act.writer)?,
        "deed": name,
        "about": of,
        "format": json::FORMAT,
        SALT: binary(salt.bytes()),
    };
    if let Some(detail) = detail {
        document.insert("detail", detail);
    }
    document.extend(bond_fields(bond));
    Ok(document)
}

/// Reads an act; nothing if it says what no act does.
pub(super) fn act(document: &Document) -> Result<Option<Act>, StoreError> {
    let (deed, about) = (text(document, "deed")?, text(document, "about")?);
    let Some(deed) = Deed::read(deed, about, optional_text(document, "detail")?) else {
        return Ok(None);
    };
    Ok(Some(Act {
        at: time::read(number(document, "at")?)?,
        writer: json::decode(number(document, "format")?, text(document, "writer")?)?,
        deed,
    }))
}

/// What is left of an entry whose job was removed in another database.
pub(in super::super) fn stub(seq: i64, bond: Bond) -> Document {
    let mut document = doc! { "_id": seq, "key": format!("removed/{seq}") };
    document.extend(bond_fields(bond));
    document
}
