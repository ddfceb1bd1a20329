//! The end of its owner is the end of the server.

use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
};

use formhand_mongod::ReplicaSet;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    process::{Pid, PidfdFlags, pidfd_open},
};

use crate::support::{LONG, helper};

const FOLDER: &str = "FORMHAND_OWNER_FOLDER";

#[test]
fn the_server_is_gone_after_its_owner_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    let mut owner = helper("owner::helper_that_is_killed", |command| {
        command.env(FOLDER, folder.path());
    });
    let mut lines = BufReader::new(owner.stdout.take().unwrap()).lines();
    let pid = lines
        .find_map(|line| line.unwrap().strip_prefix("pid ")?.parse().ok())
        .expect("it starts a server");
    let server = pidfd_open(Pid::from_raw(pid).unwrap(), PidfdFlags::empty()).unwrap();
    let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap();
    assert_eq!(name.trim(), "mongod");
    owner.kill().unwrap();
    owner.wait().unwrap();
    let mut end = [PollFd::new(&server, PollFlags::IN)];
    let ended = poll(&mut end, Some(&Timespec::try_from(LONG).unwrap())).unwrap();
    assert_eq!(ended, 1, "it outlives its owner");
}

/// Starts a server, says its number, and does nothing more until it is killed.
#[tokio::test]
#[ignore = "the helper process of the test above"]
async fn helper_that_is_killed() {
    let Ok(folder) = env::var(FOLDER) else {
        return;
    };
    let set = ReplicaSet::start(folder.as_ref()).await.unwrap();
    // One write, so that the test harness's own output is not in between.
    let line = format!("\npid {}\n", set.pid());
    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
    std::future::pending::<()>().await;
}
