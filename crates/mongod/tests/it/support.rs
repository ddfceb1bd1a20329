//! What the tests share.

use std::{
    env,
    process::{Child, Command, Stdio},
    time::Duration,
};

use formhand_mongod::ReplicaSet;
use mongodb::{
    Client, Collection,
    bson::{Document, doc},
    options::{ClientOptions, WriteConcern},
};
use tempfile::TempDir;

/// Far above what a busy machine needs.
pub(crate) const LONG: Duration = Duration::from_secs(30);

/// A server in a folder of its own. The fields are dropped in their order: first the server, then its folder.
pub(crate) struct Running {
    pub(crate) set: ReplicaSet,
    pub(crate) folder: TempDir,
}

pub(crate) async fn start() -> Running {
    let folder = tempfile::tempdir().unwrap();
    let set = ReplicaSet::start(folder.path()).await.unwrap();
    Running { set, folder }
}

/// A client as the store would make one, except that it repeats nothing by itself.
pub(crate) async fn cases(set: &ReplicaSet, app_name: &str) -> Collection<Document> {
    let mut options = ClientOptions::parse(set.url()).await.unwrap();
    options.app_name = Some(app_name.to_owned());
    options.retry_writes = Some(false);
    options.retry_reads = Some(false);
    options.write_concern = Some(WriteConcern::majority());
    options.server_selection_timeout = Some(LONG);
    let client = Client::with_options(options).unwrap();
    client.database("formhand").collection("cases")
}

pub(crate) fn case(name: &str) -> Document {
    doc! { "_id": name }
}

pub(crate) async fn count(cases: &Collection<Document>) -> u64 {
    cases.count_documents(doc! {}).await.unwrap()
}

/// This test binary once more, with one of its ignored tests, as a process of its own.
pub(crate) fn helper(test: &str, change: impl FnOnce(&mut Command)) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--exact", test, "--ignored", "--nocapture"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    change(&mut command);
    command.spawn().unwrap()
}
