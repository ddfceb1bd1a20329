//! Where the audit is read from.

use std::sync::Arc;

use formhand_domain::{Clock as _, SystemClock};
use formhand_store::{Head, Link, Store, StoreError};

use crate::{
    cli::{CliError, Exit, client::Client},
    config::Config,
    http::{HeadView, LinksView},
    serving::ServeError,
};

/// Entries that are read at once.
const PAGE: u32 = 1_000;

/// A store that is opened here, or a server.
pub(super) enum Source {
    Store(Arc<dyn Store>),
    Server(Client),
}

impl Source {
    /// Opens the configured store. It is neither made nor brought up to date: whoever only reads changes nothing.
    pub(super) async fn open(config: &Config) -> Result<Self, CliError> {
        let place = config.store.place(&config.data).map_err(ServeError::from)?;
        let found = place.schema().await.map_err(ServeError::from)?;
        let known = place.known_schema();
        match found {
            None => Err(CliError::new(Exit::BadInput, "there is no store yet")
                .hint("name the data folder with --data, or a server with --server")),
            Some(found) if found < known => {
                let message =
                    format!("the store has schema {found}, and this program reads {known}");
                Err(CliError::new(Exit::Refused, message)
                    .hint("`formhand migrate` brings it up to date, as a server does at its start"))
            }
            Some(_) => {
                let keys = config.records.read().map_err(ServeError::from)?;
                let store = place.open_sealed(keys.as_ref(), SystemClock.now()).await;
                Ok(Self::Store(store.map_err(ServeError::from)?))
            }
        }
    }

    /// Entries after a number, in their order; whether there may be more.
    pub(super) async fn page(&self, after: u64) -> Result<(Vec<Link>, bool), CliError> {
        let links = match self {
            Self::Store(store) => store.links(after, PAGE).await.map_err(failed)?,
            Self::Server(client) => {
                let (after, limit) = (after.to_string(), PAGE.to_string());
                let request = client
                    .request(reqwest::Method::GET, &["api", "audit"])?
                    .query(&[("after", after), ("limit", limit)]);
                let page: LinksView = crate::cli::client::read(client.send(request).await?).await?;
                page.links.into_iter().map(Link::from).collect()
            }
        };
        let more = links.len() == PAGE as usize;
        Ok((links, more))
    }

    /// How far the chain is.
    pub(super) async fn head(&self) -> Result<Option<Head>, CliError> {
        match self {
            Self::Store(store) => store.head().await.map_err(failed),
            Self::Server(client) => {
                let view: HeadView = client.get(&["api", "audit", "head"]).await?;
                Ok(view.head())
            }
        }
    }

    pub(super) async fn close(self) -> Result<(), CliError> {
        match self {
            Self::Store(store) => store.close().await.map_err(failed),
            Self::Server(_) => Ok(()),
        }
    }
}

fn failed(error: StoreError) -> CliError {
    ServeError::from(error).into()
}
