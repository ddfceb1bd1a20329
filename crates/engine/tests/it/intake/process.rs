//! A server that can be killed: a process of its own, which is this very program.

use std::{
    env,
    process::{Child, Command, Stdio},
};

use formhand_engine::{Existing, SourceSetup};

use super::{
    scene::{Scene, by_mapping, own_url},
    server::watch,
};

/// Tells the process what to watch.
const URL: &str = "FORMHAND_TEST_INTAKE";

/// The name of its connection to the business's collection.
pub(crate) const APP: &str = "killed";

/// A server in a process of its own. It is killed when this is dropped.
pub(crate) struct Process(Child);

impl Process {
    /// Starts one, which watches the customers' collection; what is there already is taken, too.
    pub(crate) fn start(scene: &Scene) -> Self {
        let program = env::current_exe().unwrap();
        let child = Command::new(program)
            .args(["--exact", "intake::process::a_server_until_it_is_killed"])
            .env(URL, &scene.url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(child.unwrap())
    }

    /// SIGKILL.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn source(url: &str) -> SourceSetup {
    let source = SourceSetup {
        existing: Existing::Take,
        ..by_mapping()
    };
    own_url(url, source, APP)
}

/// No test: what such a process does. Without being told what to watch it does nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_until_it_is_killed() {
    if let Ok(url) = env::var(URL) {
        let (_stop, watch) = watch(&url, "node-a", source(&url)).await;
        watch.run().await;
    }
}
