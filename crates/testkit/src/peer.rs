//! Another server on the store of a world.

use std::path::PathBuf;

use formhand_domain::NodeId;
use formhand_engine::{Engine, EngineSetup};

use crate::{host::Host, processes};

/// Another server on the store of a world.
pub struct Peer {
    /// Its name.
    pub node: NodeId,
    /// It.
    pub engine: Engine,
    profiles: PathBuf,
    host: Host,
}

impl Peer {
    pub(crate) async fn start(setup: EngineSetup) -> Self {
        let host = Host::new();
        let node = setup.node.clone();
        let profiles = setup.browser.profiles.clone();
        let engine = host.run(Engine::start(setup)).await;
        Self {
            node,
            engine: engine.expect("the engine starts"),
            profiles,
            host,
        }
    }

    /// The browsers that keep sessions here, by their process ids.
    pub fn masters(&self) -> Vec<i32> {
        processes::browsers(&self.profiles, "master-")
    }

    /// Lets the engine die on the spot, in the middle of whatever it does, with its browsers.
    pub async fn kill(&mut self) {
        self.host.die().await;
    }

    /// Drains the engine.
    pub async fn end(mut self) {
        self.engine.drain().await;
        self.host.die().await;
    }
}
