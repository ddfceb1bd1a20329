//! A disk on which nothing can be written, for one server and its browsers.
//!
//! Their files may not grow beyond nothing (`RLIMIT_FSIZE`), so every write to one fails, while pipes and connections go
//! on: the same as on a full disk, only that it is nobody else's. The server must be started with `XFSZ` ignored, as that
//! signal is not part of the picture.

use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};

use super::processes::family;

/// From now on.
pub(super) fn fill(server: Pid) {
    limit(server, Some(0));
}

/// There is room again, also for browsers that were started meanwhile.
pub(super) fn make_room(server: Pid) {
    limit(server, own().current);
}

/// What this process has, and its servers by themselves.
fn own() -> Rlimit {
    getrlimit(Resource::Fsize)
}

fn limit(server: Pid, current: Option<u64>) {
    let limit = Rlimit { current, ..own() };
    // Twice: what was started between the look and the limit has the old one.
    for _ in 0..2 {
        for process in family(server) {
            // One that is gone needs none.
            let _ = prlimit(Some(process), Resource::Fsize, limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::{super::server::unharmed_by_limits, *};

    #[test]
    fn a_process_without_room_writes_nothing_lives_on_and_writes_again_when_there_is_room() {
        use std::io::{BufRead as _, BufReader, Write as _};
        let folder = tempfile::tempdir().unwrap();
        let script = "while read line; do echo $line >> kept && echo done || echo full; done";
        let mut child = unharmed_by_limits("sh")
            .args(["-c", script])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let pid = Pid::from_child(&child);
        let mut stdin = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut write = |line: &str| {
            writeln!(stdin, "{line}").unwrap();
            lines.next().unwrap().unwrap()
        };
        assert_eq!(write("a"), "done");
        fill(pid);
        assert_eq!(write("b"), "full");
        make_room(pid);
        assert_eq!(write("c"), "done");
        drop(stdin);
        child.wait().unwrap();
        let kept = std::fs::read_to_string(folder.path().join("kept")).unwrap();
        assert_eq!(kept, "a\nc\n");
    }
}
