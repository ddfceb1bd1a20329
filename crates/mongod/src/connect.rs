//! Talking to the server: making it a replica set, and waiting until it takes writes.

use std::{net::Ipv4Addr, time::Duration};

use mongodb::{
    Client,
    bson::{Document, doc},
    options::{ClientOptions, ServerAddress},
};
use tokio::net::TcpStream;

use crate::MongodError;

/// The name of the set.
pub(crate) const NAME: &str = "rs0";

/// Between two looks whether the server listens, about which it gives no signal.
const PAUSE: Duration = Duration::from_millis(10);

/// The connection string of the set.
pub(crate) fn url(port: u16) -> String {
    format!(
        "mongodb://{}:{port}/?replicaSet={NAME}",
        Ipv4Addr::LOCALHOST
    )
}

/// A client that talks to the member at this port, whatever its state is.
pub(crate) fn member(port: u16, limit: Duration) -> Result<Client, MongodError> {
    let mut options = options(port, limit);
    options.direct_connection = Some(true);
    client(options)
}

/// Resolves when the server listens.
pub(crate) async fn listens(port: u16) {
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .await
        .is_err()
    {
        tokio::time::sleep(PAUSE).await;
    }
}

/// Makes it a replica set of one member, which elects itself at once, whatever the limits of elections are.
pub(crate) async fn initiate(port: u16, limit: Duration) -> Result<(), MongodError> {
    let config = doc! {
        "_id": NAME,
        "members": [{ "_id": 0, "host": format!("{}:{port}", Ipv4Addr::LOCALHOST) }],
    };
    let client = member(port, limit)?;
    let command = doc! { "replSetInitiate": config };
    run(&client, "make mongod a replica set", command).await?;
    Ok(())
}

/// Resolves when the server takes writes.
pub(crate) async fn writable(port: u16, limit: Duration) -> Result<(), MongodError> {
    let mut options = options(port, limit);
    options.repl_set_name = Some(NAME.to_owned());
    let client = client(options)?;
    // By default a command goes to the primary. The driver waits for one, and the server tells it of each change at once.
    let command = doc! { "ping": 1 };
    run(&client, "wait until mongod takes writes", command).await?;
    Ok(())
}

/// Runs a command of the server's administration.
pub(crate) async fn run(
    client: &Client,
    doing: &'static str,
    command: Document,
) -> Result<Document, MongodError> {
    let admin = client.database("admin");
    let answer = admin.run_command(command).await;
    answer.map_err(|source| refused(doing, source))
}

/// Waits for the server no longer than `limit`.
fn options(port: u16, limit: Duration) -> ClientOptions {
    let mut options = ClientOptions::default();
    options.hosts = vec![ServerAddress::Tcp {
        host: Ipv4Addr::LOCALHOST.to_string(),
        port: Some(port),
    }];
    options.app_name = Some("formhand-mongod".to_owned());
    options.server_selection_timeout = Some(limit);
    options
}

fn client(options: ClientOptions) -> Result<Client, MongodError> {
    Client::with_options(options).map_err(|source| refused("make a client of mongod", source))
}

fn refused(doing: &'static str, source: mongodb::error::Error) -> MongodError {
    MongodError::Command {
        doing,
        source: Box::new(source),
    }
}
