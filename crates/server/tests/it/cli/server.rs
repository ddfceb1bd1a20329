//! A server and its command line, over one whole life.

use std::{
    io::{BufRead as _, BufReader},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use super::support::{Place, Ran};
use crate::api::without_ids;

pub(crate) struct Running {
    child: Child,
    address: String,
}

impl Drop for Running {
    /// A test that fails leaves no server behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// Starts a server whose only portal is nowhere: it takes records in and files none.
pub(super) fn serve(place: &Place) -> Running {
    place.file("portal.yaml", crate::api::PORTAL);
    place.file("password", "never shown\n");
    place.file(
        "formhand.toml",
        "portals = [\"portal.yaml\"]\n[[accounts]]\nportal = \"garden\"\nname = \"main\"\n\
         user = \"gardener\"\npassword_file = \"password\"\n",
    );
    Running::start(place)
}

fn serving(place: &Place) -> Command {
    place.command(&["serve", "--listen", "127.0.0.1:0", "--json"])
}

impl Running {
    pub(crate) fn start(place: &Place) -> Self {
        Self::with_log(place, Stdio::piped())
    }

    /// One that trusts this certificate and no other.
    pub(crate) fn trusting(place: &Place, certificate: &Path) -> Self {
        let mut command = serving(place);
        command.env("SSL_CERT_FILE", certificate);
        Self::of(command, Stdio::piped())
    }

    fn with_log(place: &Place, log: Stdio) -> Self {
        Self::of(serving(place), log)
    }

    fn of(mut command: Command, log: Stdio) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        // One document on one line says that it serves.
        stdout.read_line(&mut line).unwrap();
        if line.is_empty() {
            let output = child.wait_with_output().unwrap();
            panic!(
                "it did not start: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        let started: Value = serde_json::from_str(&line).unwrap();
        Self {
            child,
            address: started["address"].as_str().unwrap().to_owned(),
        }
    }

    /// Where it listens.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// `kill -9`. It is gone when this returns.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn stop(mut self) -> i32 {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        self.child.wait().unwrap().code().unwrap()
    }
}

#[test]
fn a_server_is_found_by_its_data_folder() {
    let place = Place::new();
    let running = serve(&place);
    let token = place.path("data/token");
    assert_eq!(
        std::fs::metadata(&token).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(
        std::fs::metadata(place.path("data"))
            .unwrap()
            .permissions()
            .mode()
            & 0o777,
        0o700
    );

    place.file(
        "in.csv",
        "captchaId,name,tree\nA-1,Asha,T1\nA-2,Ravi,T1\nA-3,,T3\n",
    );
    let submitted = place.run(&["job", "submit", "in.csv"]);
    assert_eq!(submitted.code(), 3, "a record is wrong");
    insta::assert_snapshot!(without_ids(&submitted.stdout()), @"
    RECORD  RESULT     JOB                         DETAIL
    line 2  created    [job 1]  Asha
    line 3  duplicate  [job 2]  job [job 1] has the same business key or caller id, and it is alive or filed
    line 4  invalid    [job 3]  1 field is not as the flow's record must be; /name: is missing; expected a text
    ");

    let shown = place.run(&["job", "show", "A-1", "--json"]);
    let view: Value = serde_json::from_str(&shown.stdout()).unwrap();
    assert_eq!(
        (view["captchaId"].as_str(), view["label"].as_str()),
        (Some("A-1"), Some("Asha"))
    );
    assert_eq!(place.run(&["job", "show", "unknown"]).code(), 5);

    let mut foreign = place.command(&["job", "list"]);
    let refused = Ran(foreign
        .env("FORMHAND_TOKEN", "the token of another")
        .output()
        .unwrap());
    insta::assert_snapshot!(refused.complaint(), @"
    exit 5
    error: this is not the server's token

    hint: is FORMHAND_TOKEN that of another server?
    ");

    let second = place.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.code(), 5);
    assert!(
        second
            .stderr()
            .contains("another server uses the data folder"),
        "{}",
        second.stderr()
    );

    assert!(running.address.starts_with("http://127.0.0.1:"));
    assert_eq!(running.stop(), 0);
    assert!(!place.path("data/server.json").exists());
    assert_eq!(place.run(&["job", "list"]).code(), 4);
}

#[test]
fn a_server_without_its_gate_reaches_no_portal_but_those_of_this_machine() {
    let place = Place::new();
    place.file("portal.yaml", crate::api::PORTAL);
    place.file(
        "formhand.toml",
        "portals = [\"portal.yaml\"]\n[portal.garden]\nbase = \"https://garden.example\"\n",
    );
    let refused = place.run(&["serve", "--without-gate", "--listen", "127.0.0.1:0"]);
    insta::assert_snapshot!(refused.complaint(), @"
    exit 5
    error: the gate is switched off, and portal garden goes to https://garden.example, which is not this machine

    hint: leave out --without-gate; it is for the practice portal alone
    ");
}

#[test]
fn a_server_whose_log_cannot_be_written_serves_on() {
    let place = Place::new();
    place.file("portal.yaml", crate::api::PORTAL);
    place.file("formhand.toml", "portals = [\"portal.yaml\"]\n");
    // A log on a disk that is full.
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let running = Running::with_log(&place, full.into());
    let listed = place.run(&["job", "list"]);
    assert_eq!(listed.code(), 0, "{}", listed.stderr());
    assert_eq!(running.stop(), 0);
}
