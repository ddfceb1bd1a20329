//! Bringing a database up to date, step by step.
//!
//! Servers of several versions may work on it at the same time, while they are upgraded one after the other. A step that
//! an older one could not live with is not made while such a one is at work.

use formhand_domain::NodeId;
use jiff::{SignedDuration, Timestamp};

use super::{
    super::{chain, collections::Collections, node},
    indexes, listing, rules,
    version::{self, Version},
};
use crate::{NodeEntry, StoreError};

/// A server that has said nothing for so long has ended, or cannot reach the database.
const ALIVE: SignedDuration = SignedDuration::from_mins(2);

/// The version that each step leads to.
///
/// The second is for those alone that know it: an older one would leave changes uncounted, and what it forgets would still be
/// found by its words. The third only adds something. The fourth is for those alone that know it, as an older one would number entries without linking them.
const STEPS: [Version; 5] = [
    Version {
        schema: 1,
        oldest: 1,
    },
    Version {
        schema: 2,
        oldest: 2,
    },
    Version {
        schema: 3,
        oldest: 2,
    },
    Version {
        schema: 4,
        oldest: 4,
    },
    Version {
        schema: 5,
        oldest: 4,
    },
];

/// Makes the collections that are missing, and makes the steps that lead to what is known here.
pub(in super::super) async fn migrate(
    store: &Collections,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut present = version::read(store).await?;
    version::check(present)?;
    for step in STEPS {
        if present.is_some_and(|present| present.schema >= step.schema) {
            continue;
        }
        refuse_while_older_work(store, step, now).await?;
        make(store, step, now).await?;
        // Of several that start at once each makes the step, for it is made of things that can be made twice.
        version::write(store, present, step).await?;
        present = Some(step);
    }
    Ok(())
}

/// A server that has said lately that it works on the database.
pub(in super::super) async fn server_at_work(
    store: &Collections,
    now: Timestamp,
) -> Result<Option<NodeId>, StoreError> {
    let nodes = node::list(store).await?;
    let mut entries = nodes.into_iter().map(|node| node.entry);
    Ok(entries
        .find(|entry| is_alive(entry, now))
        .map(|entry| entry.id))
}

fn is_alive(entry: &NodeEntry, now: Timestamp) -> bool {
    now.duration_since(entry.seen_at) < ALIVE
}

async fn refuse_while_older_work(
    store: &Collections,
    step: Version,
    now: Timestamp,
) -> Result<(), StoreError> {
    for node in node::list(store).await? {
        let entry = node.entry;
        if is_alive(&entry, now) && entry.schema < step.oldest {
            return Err(StoreError::Backend(format!(
                "server {} runs Formhand {}, which cannot work on schema {}: stop it before this one starts",
                entry.id, entry.version, step.schema
            )));
        }
    }
    Ok(())
}

async fn make(store: &Collections, step: Version, now: Timestamp) -> Result<(), StoreError> {
    match step.schema {
        1 => {
            rules::make(store).await?;
            indexes::make(store).await
        }
        2 => listing::make(store, now).await,
        3 => indexes::make_webhooks(store).await,
        4 => {
            chain::begin(store, now).await?;
            rules::make(store).await
        }
        // A store is sealed by who has a key.
        5 => Ok(()),
        other => Err(StoreError::Backend(format!(
            "no step leads to schema {other}"
        ))),
    }
}
