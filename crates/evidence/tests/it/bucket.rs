//! An S3 server with one bucket, on a folder.

use std::path::PathBuf;

use formhand_domain::Secret;
use formhand_evidence::{Evidence, Remote, RemoteSetup};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

const ID: &str = "an-id-for-tests";
pub(crate) const KEY: &str = "a-key-for-tests-only";

/// An S3 server with one bucket.
pub(crate) struct Bucket {
    pub(crate) folder: TempDir,
    pub(crate) address: String,
    serving: JoinHandle<()>,
}

impl Bucket {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().expect("the bucket works");
        std::fs::create_dir(folder.path().join("kept")).expect("the bucket works");
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("the bucket works");
        let address = listener.local_addr().expect("the bucket works").to_string();
        let serving = serve(listener, folder.path().to_owned());
        Self {
            folder,
            address,
            serving,
        }
    }

    /// Nobody answers any more.
    pub(crate) async fn stop(&mut self) {
        self.serving.abort();
        let _ = (&mut self.serving).await;
    }

    /// It answers again, at the same address.
    pub(crate) async fn go_on(&mut self) {
        let listener = TcpListener::bind(&self.address)
            .await
            .expect("the bucket works");
        self.serving = serve(listener, self.folder.path().to_owned());
    }

    /// Evidence in this folder, with the bucket behind it.
    pub(crate) fn evidence(&self, folder: &TempDir) -> Evidence {
        self.evidence_with(folder, KEY)
    }

    pub(crate) fn evidence_with(&self, folder: &TempDir, key: &str) -> Evidence {
        Evidence::at(folder.path()).with_remote(Some(self.remote_with(key)))
    }

    /// The way to the bucket, with a key that need not be the right one.
    pub(crate) fn remote_with(&self, key: &str) -> Remote {
        let setup = setup(&format!("http://{}", self.address), key);
        Remote::new(&setup).expect("the bucket works")
    }

    /// The keys of all objects.
    pub(crate) fn keys(&self) -> Vec<String> {
        let root = self.folder.path().join("kept");
        let mut keys = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("the bucket works") {
                let path = entry.expect("the bucket works").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let key = path.strip_prefix(&root).expect("the bucket works");
                    keys.push(key.to_str().expect("the bucket works").to_owned());
                }
            }
        }
        keys.sort();
        keys
    }
}

/// A bucket behind this address.
pub(crate) fn setup(endpoint: &str, key: &str) -> RemoteSetup {
    RemoteSetup {
        bucket: "kept".to_owned(),
        prefix: "of/us".to_owned(),
        endpoint: Some(endpoint.parse().expect("an address")),
        certificates: None,
        region: "us-east-1".to_owned(),
        access_key_id: Secret::new(ID),
        secret_access_key: Secret::new(key),
    }
}

fn serve(listener: TcpListener, folder: PathBuf) -> JoinHandle<()> {
    let mut builder = S3ServiceBuilder::new(FileSystem::new(folder).expect("the bucket works"));
    builder.set_auth(SimpleAuth::from_single(ID, KEY));
    let service = builder.build();
    tokio::spawn(async move {
        let mut connections = tokio::task::JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            let service = service.clone();
            connections.spawn(async move {
                let server = Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    })
}
