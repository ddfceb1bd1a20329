//! From a place to its collection.

use std::{sync::Arc, time::Duration};

use mongodb::{
    Client,
    options::{Acknowledgment, ClientOptions, ReadConcern, WriteConcern},
};

use super::{
    super::super::collections::{Collections, NAMES},
    here::Here,
};
use crate::{Origin, OriginError, SourcePlace};

/// How long the driver looks for a server, unless the URL says something else. Elections take seconds.
const SELECTION: Duration = Duration::from_secs(8);

/// The collection. Nothing is sent to it yet; only a name may be looked up.
pub(in super::super) async fn connect(
    store: &Collections,
    place: &SourcePlace,
) -> Result<Arc<dyn Origin>, OriginError> {
    let database = match &place.url {
        None => {
            let own = store.database.name();
            let name = place.database.as_deref().unwrap_or(own);
            refuse_own(own, name, &place.collection)?;
            store.client.database(name)
        }
        Some(url) => {
            let (client, named) = client(url).await?;
            let name = place.database.as_deref().or(named.as_deref());
            let name = name.ok_or_else(|| {
                failed("neither the source nor its URL names a database: expected one of them to")
            })?;
            client.database(name)
        }
    };
    Ok(Arc::new(Here {
        collection: database.collection(&place.collection),
        database,
    }))
}

/// Formhand's own documents are no records, and what is written into them breaks them.
fn refuse_own(own: &str, database: &str, collection: &str) -> Result<(), OriginError> {
    if own == database && NAMES.contains(&collection) {
        let text =
            format!("{collection:?} is one of Formhand's own collections, not the business's");
        return Err(OriginError::Failed(text));
    }
    Ok(())
}

async fn client(url: &str) -> Result<(Client, Option<String>), OriginError> {
    // What the driver says of a URL may repeat a part of it, and that may be the password.
    let unfit = |_| failed("its URL is none that can be used, or a name in it cannot be looked up");
    let mut options = ClientOptions::parse(url).await.map_err(unfit)?;
    options
        .app_name
        .get_or_insert_with(|| "formhand-intake".to_owned());
    options.server_selection_timeout.get_or_insert(SELECTION);
    options.connect_timeout.get_or_insert(SELECTION);
    // Whatever the URL says: what is read does not vanish again, and what is written stays.
    options.read_concern = Some(ReadConcern::majority());
    options.write_concern = Some(WriteConcern::builder().w(Acknowledgment::Majority).build());
    options.selection_criteria = None;
    options.retry_reads = Some(true);
    let named = options.default_database.clone();
    let client = Client::with_options(options).map_err(unfit)?;
    Ok((client, named))
}

fn failed(text: &str) -> OriginError {
    OriginError::Failed(text.to_owned())
}
