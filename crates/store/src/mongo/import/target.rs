//! The database that is copied into.

use formhand_domain::NodeId;
use formhand_seal::Keyring;
use jiff::Timestamp;
use mongodb::options::{ConnectionString, HostInfo};

use super::{
    super::{
        collections::Collections,
        counts,
        document::stored,
        open::{self, DATABASE},
        schema, seal,
        within::within,
    },
    clear, insert,
    mark::{self, Mark},
    totals,
};
use crate::{
    StoreError,
    copying::{Batch, Totals},
};

/// A database that a store is copied into.
pub(crate) struct Import {
    store: Collections,
}

/// Where a URL leads to, without the login that it may hold.
pub(crate) struct Place {
    pub(crate) host: String,
    pub(crate) database: String,
}

impl Place {
    pub(crate) fn of(url: &str) -> Result<Self, StoreError> {
        let url = ConnectionString::parse(url)?;
        let host = match url.host_info {
            HostInfo::DnsRecord(name) => name,
            HostInfo::HostIdentifiers(hosts) => {
                let hosts: Vec<String> = hosts.iter().map(ToString::to_string).collect();
                hosts.join(",")
            }
            _ => "an unknown host".to_owned(),
        };
        let database = url.default_database.unwrap_or_else(|| DATABASE.to_owned());
        Ok(Self { host, database })
    }
}

impl Import {
    /// Connects, and brings the schema up to date.
    pub(crate) async fn open(
        url: &str,
        keys: Option<&Keyring>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let store = open::connect(url).await?;
        within(open::check_replica_set(&store)).await?;
        schema::migrate(&store, now).await?;
        refuse_newer(&store).await?;
        let store = within(seal::settle(store, keys)).await?;
        Ok(Self { store })
    }

    /// Ends the connections.
    pub(crate) async fn end(self) {
        self.store.client.shutdown().immediate(true).await;
    }

    /// A server that has said lately that it works here.
    pub(crate) async fn server_at_work(
        &self,
        now: Timestamp,
    ) -> Result<Option<NodeId>, StoreError> {
        within(schema::server_at_work(&self.store, now)).await
    }

    /// What there is already of what would be copied.
    pub(crate) async fn holds(&self) -> Result<Option<&'static str>, StoreError> {
        within(clear::first_found(&self.store)).await
    }

    pub(crate) async fn mark(&self) -> Result<Option<Mark>, StoreError> {
        within(mark::find(&self.store)).await
    }

    /// Leaves the first mark of a try. False if there is one by now.
    pub(crate) async fn leave_mark(&self, id: &str) -> Result<bool, StoreError> {
        within(mark::leave(&self.store, id)).await
    }

    /// Puts another mark in the place of the one that was found. False if it is not there any more.
    pub(crate) async fn replace_mark(&self, was: &Mark, now: &Mark) -> Result<bool, StoreError> {
        within(mark::replace(&self.store, was, now)).await
    }

    /// Keeps servers from changing jobs and accounts, also those that have the database open already.
    pub(crate) async fn close(&self) -> Result<(), StoreError> {
        within(schema::close(&self.store)).await
    }

    /// Lets servers work here: what is written is checked again, and then the mark goes. False if it is gone already.
    pub(crate) async fn release(&self, was: &Mark) -> Result<bool, StoreError> {
        within(schema::reopen(&self.store)).await?;
        within(mark::remove(&self.store, was)).await
    }

    /// Removes what a former copy has left.
    pub(crate) async fn clear(&self) -> Result<(), StoreError> {
        clear::clear(&self.store).await
    }

    /// Writes a batch, and gives how much it was. It is durable then.
    pub(crate) async fn insert(&self, batch: Batch) -> Result<u64, StoreError> {
        insert::insert(&self.store, batch).await
    }

    /// Notes the highest number that an entry of the audit ever had. Those that follow are higher.
    pub(crate) async fn note_last_audit_number(&self, last: u64) -> Result<(), StoreError> {
        within(insert::last_audit_number(&self.store, last)).await
    }

    /// Counts the jobs that were copied, whose audit ends with this number.
    pub(crate) async fn count(&self, last: u64) -> Result<(), StoreError> {
        counts::replace(&self.store, insert::SERIES, stored(last)?).await
    }

    /// How much there is.
    pub(crate) async fn totals(&self) -> Result<Totals, StoreError> {
        totals::count(&self.store).await
    }

    /// How many documents break the rules that hold when servers write them.
    pub(crate) async fn rule_breakers(&self) -> Result<u64, StoreError> {
        schema::rule_breakers(&self.store).await
    }
}

/// One that servers of this version could work on is not enough: its rules would be replaced by those that are known here.
async fn refuse_newer(store: &Collections) -> Result<(), StoreError> {
    let known = schema::KNOWN;
    match within(schema::present(store)).await? {
        Some(found) if found > known => Err(StoreError::TooNew { found, known }),
        _ => Ok(()),
    }
}
