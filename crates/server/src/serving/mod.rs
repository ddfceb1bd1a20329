//! A running server: data folder, store, engine and HTTP listener, started and stopped in the right order.

mod alerts;
mod data_folder;
mod error;
mod gate_off;
mod listen;
mod node;
mod portals;
pub(crate) mod room;
mod server;
mod server_file;
mod setup;
mod sources;
mod token;
mod tokens;
mod webhooks;

pub use data_folder::DataFolder;
pub use error::ServeError;
pub(crate) use node::node_of;
pub use portals::{load_portal, load_portals};
pub use server::Server;
pub(crate) use server::store_place;
pub use server_file::ServerFile;
pub use setup::ServerSetup;
pub(crate) use sources::kind as source_kind;
pub use sources::{load_mapping, load_sources};
pub use token::{ApiToken, TOKEN_VARIABLE};
