//! The rules of the collections. They say the same as the transitions, so that a fault of ours is refused and not
//! stored.

use mongodb::bson::{Bson, Document, doc};

use super::super::collections::Collections;
use crate::StoreError;

/// The code of a collection that is there already.
const THERE_ALREADY: i32 = 48;

/// Makes the collections, with their rules.
pub(super) async fn make(store: &Collections) -> Result<(), StoreError> {
    tokio::try_join!(
        collection(store, "jobs", jobs()),
        collection(store, "audit", audit()),
        collection(store, "accounts", accounts()),
        collection(store, "sources", sources()),
        collection(store, "quarantine", quarantine()),
    )?;
    Ok(())
}

async fn collection(store: &Collections, name: &str, rules: Document) -> Result<(), StoreError> {
    let made = store
        .database
        .create_collection(name)
        .validator(rules.clone())
        .await;
    let Err(error) = made else { return Ok(()) };
    let is_there = matches!(error.kind.as_ref(), mongodb::error::ErrorKind::Command(command)
        if command.code == THERE_ALREADY);
    if !is_there {
        return Err(error.into());
    }
    store
        .database
        .run_command(doc! { "collMod": name, "validator": rules })
        .await?;
    Ok(())
}

pub(super) fn jobs() -> Document {
    let kinds = doc! { "$jsonSchema": {
        "bsonType": "object",
        "required": [
            "_id", "revision", "entries", "portal", "account", "flow", "caller_id", "created_at", "status", "outcome",
            "attempts", "fence", "holds_key", "forgotten", "format", "job",
        ],
        "properties": {
            "_id": { "bsonType": "string", "minLength": 26, "maxLength": 26 },
            "revision": { "bsonType": "long", "minimum": 1 },
            "attempts": { "bsonType": "long", "minimum": 0 },
            "fence": { "bsonType": "long", "minimum": 0 },
            "outcome": { "enum": ["not_submitted", "submitted", "unknown"] },
            "due_at": { "bsonType": "long" },
            "search_at": { "bsonType": "long" },
            "finished_at": { "bsonType": "long" },
            "lease_owner": { "bsonType": "string" },
            "lease_expires_at": { "bsonType": "long" },
            "business_key": { "bsonType": "string" },
            "idempotency_key": { "bsonType": "string" },
            "holds_key": { "bsonType": "bool" },
            "forgotten": { "bsonType": "bool" },
            "job": { "bsonType": "string" },
            "words": { "bsonType": "array", "minItems": 1, "items": { "bsonType": "string" } },
            "source": { "bsonType": "object", "required": ["name", "id"] },
        },
    } };
    let searched = doc! { "$or": [{ "search_at": missing() }, { "status": "needs_review" }] };
    let forgotten = doc! { "$or": [
        { "forgotten": false },
        { "finished_at": there(), "outcome": "submitted" },
    ] };
    let found = doc! { "$or": [{ "forgotten": false }, { "words": missing() }] };
    doc! { "$and": [kinds, { "$or": states() }, searched, forgotten, found] }
}

/// A job is in one of these. A status does not contradict what is known of the filing; only what waits is due, only what
/// ended has an end, only what is worked on has a lease; and a job keeps its keys from others while it is alive, and for
/// ever once it is filed.
fn states() -> Vec<Document> {
    let alive =
        |status: Bson| doc! { "status": status, "finished_at": missing(), "holds_key": true };
    let ended =
        |status: Bson| doc! { "status": status, "finished_at": there(), "due_at": missing() };
    let idle = || doc! { "lease_owner": missing(), "lease_expires_at": missing() };
    let not_due = || doc! { "due_at": missing() };
    let due = || doc! { "due_at": there() };
    let unfiled = || doc! { "outcome": "not_submitted" };
    let gone = || doc! { "outcome": "not_submitted", "holds_key": false };
    let filed = || doc! { "outcome": "submitted", "holds_key": true };
    let leased = doc! {
        "lease_owner": there(),
        "lease_expires_at": there(),
        "fence": { "$gt": 0 },
        "attempts": { "$gt": 0 },
    };
    let any_of = |statuses: &[&str]| Bson::from(doc! { "$in": statuses.to_vec() });
    vec![
        all([alive("pending".into()), idle(), due(), unfiled()]),
        all([alive("processing".into()), leased, not_due()]),
        all([alive("on_hold".into()), idle(), not_due(), unfiled()]),
        all([
            alive("needs_review".into()),
            idle(),
            not_due(),
            doc! { "outcome": "unknown" },
        ]),
        all([alive("failed_login_form".into()), idle(), due(), unfiled()]),
        all([ended("failed_login_form".into()), idle(), gone()]),
        all([
            ended(any_of(&["completed", "completed_with_errors"])),
            idle(),
            filed(),
        ]),
        all([ended("failed_post_submission".into()), idle(), filed()]),
        all([ended("failed_post_submission".into()), idle(), gone()]),
        all([
            ended(any_of(&[
                "failed_validation",
                "failed_duplicate",
                "cancelled",
            ])),
            idle(),
            gone(),
        ]),
    ]
}

fn audit() -> Document {
    let linked = doc! { "$jsonSchema": {
        "bsonType": "object",
        "required": ["_id", "key", "digest", "link"],
        "properties": {
            "_id": { "bsonType": "long", "minimum": 1 },
            "digest": { "bsonType": "binData" },
            "link": { "bsonType": "binData" },
        },
    } };
    let says = |fields: &[&str]| doc! { "$jsonSchema": { "required": fields.to_vec() } };
    let of_job = says(&[
        "at", "job", "event", "writer", "to", "attempt", "format", "salt",
    ]);
    let act = says(&["at", "writer", "deed", "about", "format", "salt"]);
    let removed = doc! { "job": missing(), "deed": missing(), "salt": missing() };
    doc! { "$and": [linked, { "$or": [of_job, act, removed] }] }
}

pub(super) fn accounts() -> Document {
    doc! { "$jsonSchema": {
        "bsonType": "object",
        "required": ["_id", "portal", "account", "revision"],
        "properties": {
            "generation": { "bsonType": "long", "minimum": 0 },
            "keeper_token": { "bsonType": "long", "minimum": 1 },
            "wish": { "enum": ["recover", "log_in", "log_out"] },
        },
        "dependencies": {
            "keeper": ["keeper_token", "keeper_expires_at"],
            "state": ["generation", "format", "saved_at"],
        },
    } }
}

fn sources() -> Document {
    doc! { "$jsonSchema": {
        "bsonType": "object",
        "required": ["_id", "keeper_token"],
        "properties": {
            "keeper_token": { "bsonType": "long", "minimum": 1 },
            "reached": { "bsonType": "object", "required": ["position", "at"] },
            "trouble": { "bsonType": "object", "required": ["since", "text"] },
        },
        "dependencies": { "keeper": ["keeper_expires_at"], "reached": ["told"] },
    } }
}

fn quarantine() -> Document {
    doc! { "$jsonSchema": {
        "bsonType": "object",
        "required": ["_id", "first_at", "last_at", "seen", "problems"],
        "properties": {
            "_id": { "bsonType": "object", "required": ["source", "id"] },
            "seen": { "bsonType": "long", "minimum": 1 },
        },
    } }
}

fn there() -> Document {
    doc! { "$exists": true }
}

fn missing() -> Document {
    doc! { "$exists": false }
}

fn all(parts: impl Into<Vec<Document>>) -> Document {
    doc! { "$and": parts.into() }
}
