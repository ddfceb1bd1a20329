//! The end of browsers and pages, and of those who own them: seen at once, and nothing is left.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use formhand_browser::{
    ActErrorKind, BrowserError, Condition, ContextOptions, Crash, Gone, Kind, Launch, LaunchError,
    PageError, Profile, Target, WaitError,
};

use crate::support::{ALL, Opened, Site, briefly, click, fill, launch, soon};

/// Far below any deadline, so that an end is seen as an event and not by a time-out. How fast it is, is measured by
/// `examples/measure.rs`; a loaded machine says nothing about that.
const SEEN_WITHIN: Duration = Duration::from_secs(5);

fn kill(pid: u32) {
    let status = std::process::Command::new("kill")
        .args(["-9", &pid.to_string()])
        .status()
        .expect("kill runs");
    assert!(status.success());
}

fn profiles(owner: u32) -> Vec<PathBuf> {
    let prefix = format!("formhand-browser-{owner}-");
    let entries = std::fs::read_dir(std::env::temp_dir())
        .expect("a folder")
        .flatten();
    entries
        .map(|entry| entry.path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(&prefix))
        })
        .collect()
}

/// The profile of a browser, by its command line: other tests of this process have profiles of their own.
fn profile_of(browser: u32) -> PathBuf {
    let line = std::fs::read(format!("/proc/{browser}/cmdline")).expect("it runs");
    let line = String::from_utf8_lossy(&line).into_owned();
    let mut words = line.split(['\0', ' ']);
    let profile = words.find_map(|word| word.strip_prefix("--user-data-dir="));
    PathBuf::from(profile.expect("it has a profile"))
}

/// The processes with this in their command line, or of this group.
fn processes_with(needle: &str) -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").expect("a folder").flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let has = |pid: &u32| {
        std::fs::read(format!("/proc/{pid}/cmdline"))
            .is_ok_and(|line| String::from_utf8_lossy(&line).contains(needle))
    };
    pids.filter(has).collect()
}

#[tokio::test]
async fn a_browser_that_is_killed_is_seen_at_once_and_leaves_nothing() {
    for kind in ALL {
        let site = Site::start().await;
        site.page("/", "<p>x</p>");
        let opened = Opened::on(
            launch(kind).start().await.expect("it starts"),
            site,
            ContextOptions::default(),
        )
        .await;
        let profile = profile_of(opened.browser.pid());
        let (main, browser) = (opened.main(), opened.browser.clone());
        let waiting = tokio::spawn(async move {
            main.first_of(&[Condition::Visible(Target::css("#never"))], soon())
                .await
        });
        let gone = tokio::spawn(async move { browser.gone().await });
        tokio::task::yield_now().await;
        let killed_at = Instant::now();
        kill(opened.browser.pid());
        assert_eq!(gone.await.expect("it ends"), Gone::Killed { signal: 9 });
        assert!(
            killed_at.elapsed() < SEEN_WITHIN,
            "{:?}",
            killed_at.elapsed()
        );
        assert!(matches!(
            waiting.await.expect("it ends"),
            Err(WaitError::BrowserGone)
        ));
        assert!(
            killed_at.elapsed() < SEEN_WITHIN,
            "{:?}",
            killed_at.elapsed()
        );
        assert!(!opened.browser.is_alive());
        let error = opened
            .main()
            .act(&[click("p")], soon())
            .await
            .expect_err("it is gone");
        assert_eq!(error.kind, ActErrorKind::BrowserGone);
        assert_eq!(
            opened.page.goto(&opened.site.url("/"), soon()).await,
            Err(PageError::BrowserGone)
        );
        assert_eq!(opened.page.crashed().await, Crash::BrowserGone);
        assert!(matches!(
            opened.context.page().await,
            Err(BrowserError::Gone)
        ));
        opened.browser.close().await;
        assert_eq!(opened.browser.processes(), Vec::<u32>::new());
        assert_eq!(
            processes_with(&profile.to_string_lossy()),
            Vec::<u32>::new()
        );
        assert!(!profile.exists());
    }
}

#[tokio::test]
async fn a_closed_browser_leaves_no_process_and_no_profile() {
    for kind in ALL {
        let site = Site::start().await;
        site.page("/", "<p>x</p>");
        let opened = Opened::on(
            launch(kind).start().await.expect("it starts"),
            site,
            ContextOptions::default(),
        )
        .await;
        let profile = profile_of(opened.browser.pid());
        let processes = opened.browser.processes();
        assert!(
            processes.contains(&opened.browser.pid()) && processes.len() > 2,
            "{processes:?}"
        );
        // Nothing of it hides in another process group.
        let by_name = processes_with(&profile.to_string_lossy());
        assert!(
            by_name.iter().all(|pid| processes.contains(pid)),
            "{by_name:?} {processes:?}"
        );
        opened.browser.close().await;
        assert_eq!(opened.browser.processes(), Vec::<u32>::new());
        assert!(!profile.exists());
        assert_eq!(opened.browser.gone().await, Gone::Closed);
    }
}

#[tokio::test]
async fn a_dropped_browser_is_killed() {
    let browser = launch(Kind::HeadlessShell)
        .start()
        .await
        .expect("it starts");
    let group = browser.pid();
    let profile = profile_of(group);
    drop(browser);
    let ended = async {
        let own = profile.to_string_lossy();
        while !processes_with(&own).is_empty() || profile.exists() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), ended)
        .await
        .unwrap_or_else(|_| panic!("group {group} lives"));
}

#[tokio::test]
async fn a_renderer_that_crashes_is_seen_at_once() {
    for kind in ALL {
        let site = Site::start().await;
        site.page("/", "<p>x</p>");
        let opened = Opened::on(
            launch(kind).start().await.expect("it starts"),
            site,
            ContextOptions::default(),
        )
        .await;
        let main = opened.main();
        let waiting = tokio::spawn(async move {
            main.first_of(&[Condition::Visible(Target::css("#never"))], soon())
                .await
        });
        let renderers = processes_with("--type=renderer");
        let own = opened.browser.processes();
        let own = renderers.into_iter().filter(|pid| own.contains(pid));
        let own: Vec<String> = own.map(|pid| pid.to_string()).collect();
        let killed = std::process::Command::new("kill")
            .arg("-9")
            .args(own)
            .status();
        assert!(killed.expect("kill runs").success());
        let crashed_at = Instant::now();
        assert!(matches!(
            opened.page.crashed().await,
            Crash::Renderer { .. }
        ));
        assert!(
            crashed_at.elapsed() < SEEN_WITHIN,
            "{:?}",
            crashed_at.elapsed()
        );
        assert!(matches!(
            waiting.await.expect("it ends"),
            Err(WaitError::PageCrashed)
        ));
        let error = opened
            .main()
            .act(&[click("p")], soon())
            .await
            .expect_err("it crashed");
        assert_eq!(error.kind, ActErrorKind::PageCrashed);
        assert!(opened.browser.is_alive());
        // The spare renderer was killed too, and Chromium may not have noticed yet.
        let mut loaded = Err(PageError::Closed);
        for _ in 0..5 {
            let page = opened
                .context
                .page()
                .await
                .expect("the context still works");
            loaded = page.goto(&opened.site.url("/"), soon()).await;
            if !matches!(loaded, Err(PageError::Crashed { .. })) {
                break;
            }
        }
        loaded.expect("it loads");
        opened.end().await;
    }
}

#[tokio::test]
async fn kf31_a_page_that_hangs_holds_nobody_longer_than_the_deadline() {
    let opened = Opened::new("<button id=b onclick='for (;;) {}'>B</button><input id=a>").await;
    let started_at = Instant::now();
    let error = opened
        .main()
        .act(&[click("#b")], briefly())
        .await
        .expect_err("it hangs");
    assert!(
        matches!(error.kind, ActErrorKind::TimedOut { .. }),
        "{error}"
    );
    let error = opened
        .main()
        .act(&[fill("#a", "x")], briefly())
        .await
        .expect_err("it hangs");
    assert!(error.to_string().contains("does not answer"), "{error}");
    assert!(matches!(
        opened.page.goto(&opened.site.url("/"), soon()).await,
        Ok(_) | Err(PageError::TimedOut { .. })
    ));
    opened
        .context
        .close()
        .await
        .expect("it closes all the same");
    assert!(started_at.elapsed() < Duration::from_secs(15));
    opened.end().await;
}

#[tokio::test]
async fn a_closed_context_answers_with_its_own_error() {
    let opened = Opened::new("<p>x</p>").await;
    opened.context.close().await.expect("it closes");
    let error = opened
        .main()
        .act(&[click("p")], soon())
        .await
        .expect_err("it is closed");
    assert_eq!(error.kind, ActErrorKind::ContextClosed);
    assert!(matches!(
        opened.context.page().await,
        Err(BrowserError::ContextClosed)
    ));
    opened
        .context
        .close()
        .await
        .expect("closing twice is closing");
    opened.end().await;
}

#[test]
fn kf35_a_launch_that_fails_leaves_no_folder() {
    for (program, wanted) in [
        ("/bin/false", "Died"),
        ("/nowhere/chromium", "No such file"),
    ] {
        // In a process of its own, which has a folder of its own for what is temporary.
        let temporary = tempfile::tempdir().expect("a folder");
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_browser-owner"))
            .args(["chromium", program])
            .env("TMPDIR", temporary.path())
            .output()
            .expect("it runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{program} is no browser");
        assert!(error.contains(wanted), "{error}");
        let left = std::fs::read_dir(temporary.path()).expect("the folder is there");
        assert_eq!(left.count(), 0);
    }
}

#[tokio::test]
async fn a_profile_that_is_in_use_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = Profile::Persistent(folder.path().to_owned());
    let launch = Launch {
        kind: Kind::Chromium,
        executable: None,
        profile,
        headless: true,
    };
    let first = launch.clone().start().await.expect("it starts");
    let second = launch.start().await;
    assert!(
        matches!(
            second,
            Err(LaunchError::ProfileInUse { .. } | LaunchError::Died { .. })
        ),
        "{second:?}"
    );
    assert!(first.is_alive());
    first.close().await;
}

#[tokio::test]
async fn a_browser_dies_with_its_owner() {
    use std::io::{BufRead as _, BufReader};
    for kind in ["chromium", "shell"] {
        let mut owner = std::process::Command::new(env!("CARGO_BIN_EXE_browser-owner"))
            .arg(kind)
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("the owner starts");
        let mut line = String::new();
        BufReader::new(owner.stdout.take().expect("its output"))
            .read_line(&mut line)
            .expect("it says the group");
        let group: u32 = line.trim().parse().expect("a number");
        let needle = format!("formhand-browser-{}-", owner.id());
        assert!(processes_with(&needle).contains(&group));
        let killed_at = Instant::now();
        owner.kill().expect("it is killed");
        owner.wait().expect("it ends");
        let ended = async {
            while !(processes_with(&needle).is_empty() && group_is_empty(group)) {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(5), ended)
            .await
            .expect("the browser dies");
        println!(
            "{kind}: all processes gone {:?} after the owner",
            killed_at.elapsed()
        );
        // Nobody is left who could remove it; the cleaner finds it by the owner's id in its name.
        for folder in profiles(owner.id()) {
            std::fs::remove_dir_all(folder).expect("it is removed");
        }
    }
}

fn group_is_empty(group: u32) -> bool {
    let probe = std::process::Command::new("pgrep")
        .args(["-g", &group.to_string(), "-r", "D,R,S,T"])
        .output();
    probe.is_ok_and(|output| output.stdout.is_empty())
}

#[tokio::test]
async fn a_killed_browser_leaves_no_folder_beside_its_profile() {
    let profile = tempfile::tempdir().expect("a folder");
    let launch = Launch {
        profile: Profile::Persistent(profile.path().join("master")),
        ..launch(Kind::Chromium)
    };
    let browser = launch.start().await.expect("it starts");
    let socket = std::fs::read_link(profile.path().join("master/SingletonSocket"));
    let folder = socket
        .expect("Chromium names its socket")
        .parent()
        .map(Path::to_owned)
        .expect("it is in a folder");
    assert!(folder.exists());
    browser.kill().await;
    assert!(!folder.exists());
}
