//! Copies of profiles: whole or not there, of stopped browsers only, and as logged in as the first.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use formhand_browser::{
    Browser, Context, ContextOptions, CopyError, Difference, Kind, Launch, LaunchError, Profile,
    clear_after_death, copy_profile, verify_copy,
};

use crate::support::{Site, soon};

const KINDS: [Kind; 2] = [Kind::Chromium, Kind::HeadlessShell];

fn on(kind: Kind, profile: &Path) -> Launch {
    Launch {
        kind,
        executable: None,
        profile: Profile::Persistent(profile.to_owned()),
        headless: true,
    }
}

async fn start(kind: Kind, profile: &Path) -> Browser {
    on(kind, profile).start().await.expect("it starts")
}

async fn context(browser: &Browser, site: &Site) -> Context {
    let options = ContextOptions {
        origins: vec![site.origin()],
        ..ContextOptions::default()
    };
    browser.default_context(options).await.expect("a context")
}

/// Opens a page whose script tells the site something, and returns that.
async fn said(context: &Context, site: &Site, path: &str) -> String {
    let before = site.hits("/said").len();
    let page = context.page().await.expect("a page opens");
    page.goto(&site.url(path), soon()).await.expect("it loads");
    site.arrived("/said", before + 1).await;
    page.close().await;
    String::from_utf8(site.hits("/said").remove(before).body).expect("text")
}

/// `/login` leaves a login in all that a profile can hold, `/home` says what is there of it.
fn portal(site: &Site) {
    let tools = "const say = (text) => fetch('/said', { method: 'POST', body: text });
        const asked = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });";
    let headers = [
        ("content-type", "text/html"),
        ("set-cookie", "kept=k1; max-age=1000; HttpOnly"),
        ("set-cookie", "session=s1; HttpOnly"),
    ];
    let login = format!(
        "<script>{tools} (async () => {{
           localStorage.setItem('token', 'l1');
           const key = await crypto.subtle.generateKey({{ name: 'AES-GCM', length: 128 }}, false, ['encrypt']);
           const request = indexedDB.open('auth', 1);
           request.onupgradeneeded = () => request.result.createObjectStore('tokens');
           const writing = (await asked(request)).transaction('tokens', 'readwrite');
           writing.objectStore('tokens').put({{ token: 'i1', key, picture: new Blob(['b1']) }}, 'present');
           writing.oncomplete = () => say('in');
         }})();</script>"
    );
    site.answer("/login", 200, &headers, &login);
    site.page(
        "/home",
        &format!(
            "<script>{tools} (async () => {{
               const db = await asked(indexedDB.open('auth'));
               const held = await asked(db.transaction('tokens').objectStore('tokens').get('present'));
               const key = held.key instanceof CryptoKey ? 'key' : 'no key';
               say([localStorage.getItem('token'), held.token, key, await held.picture.text()].join(' '));
             }})();</script>"
        ),
    );
}

fn last_cookies(site: &Site) -> String {
    let hits = site.hits("/home");
    let last = hits.last().expect("it was asked for");
    let cookies = last.headers.get("cookie").map(|value| value.to_str());
    cookies.map_or(String::new(), |value| value.expect("text").to_owned())
}

#[tokio::test]
async fn kf27_a_copied_profile_starts_beside_the_first_and_is_as_logged_in() {
    for kind in KINDS {
        let folder = tempfile::tempdir().expect("a folder");
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        let site = Site::start().await;
        portal(&site);
        let browser = start(kind, &first).await;
        let own = context(&browser, &site).await;
        assert_eq!(said(&own, &site, "/login").await, "in");
        let cookies = own.cookies().await.expect("they are read");
        browser.close().await;

        let copy = copy_profile(&first, &second).await.expect("it is copied");
        assert!(copy.file_count > 5 && copy.size_bytes > 1000, "{copy:?}");
        assert_eq!(verify_copy(&first, &second).await.expect("same"), copy);

        let (one, two) = tokio::join!(start(kind, &first), start(kind, &second));
        let own = context(&one, &site).await;
        assert_eq!(said(&own, &site, "/home").await, "l1 i1 key b1", "{kind:?}");
        let clone = context(&two, &site).await;
        let home = said(&clone, &site, "/home").await;
        assert_eq!(home, "l1 i1 key b1", "{kind:?}");
        if kind == Kind::HeadlessShell {
            // What its profile does not keep is handed over.
            assert_eq!(last_cookies(&site), "kept=k1");
            let ending = cookies.iter().filter(|cookie| cookie.expires.is_none());
            let ending: Vec<_> = ending.cloned().collect();
            assert_eq!(format!("{ending:?}"), "[Cookie(session of 127.0.0.1)]");
            clone.set_cookies(&ending).await.expect("they are put in");
            said(&clone, &site, "/home").await;
        }
        assert_eq!(last_cookies(&site), "kept=k1; session=s1", "{kind:?}");
        tokio::join!(one.close(), two.close());
    }
}

#[tokio::test]
async fn a_kept_profile_keeps_a_session_and_opens_no_tab_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path().join("profile");
    let site = Site::start().await;
    portal(&site);
    for round in 0..3 {
        let browser = start(Kind::Chromium, &profile).await;
        let own = context(&browser, &site).await;
        if round == 0 {
            // Its only page closes after it.
            assert_eq!(said(&own, &site, "/login").await, "in");
        }
        said(&own, &site, "/home").await;
        assert_eq!(last_cookies(&site), "kept=k1; session=s1", "{round}");
        // This one is open when the browser ends.
        let open = own.page().await.expect("a page opens");
        open.goto(&site.url("/open"), soon()).await.expect("loads");
        assert_eq!(site.hits("/open").len(), round + 1);
        let targets = browser
            .connection()
            .call(None, "Target.getTargets", serde_json::Value::Null);
        let targets = targets.await.expect("they are told").to_string();
        let pages = targets.matches(r#""type":"page""#).count();
        assert_eq!(pages, 1, "{targets}");
        browser.close().await;
    }
    // What else the profile is set to stays as it is.
    let preferences = profile.join("Default/Preferences");
    let read = || std::fs::read_to_string(&preferences).expect("it is there");
    let settings: serde_json::Value = serde_json::from_str(&read()).expect("JSON");
    assert!(settings["profile"].is_object(), "Chromium's own");
}

#[tokio::test]
async fn a_profile_is_not_copied_while_a_browser_works_with_it() {
    for kind in KINDS {
        let folder = tempfile::tempdir().expect("a folder");
        let (profile, copy) = (folder.path().join("a b"), folder.path().join("copy"));
        let browser = start(kind, &profile).await;
        let pid = browser.pid();
        let error = copy_profile(&profile, &copy).await.expect_err("in use");
        assert!(matches!(error, CopyError::InUse { .. }), "{error}");
        assert_eq!(names(folder.path()), ["a b"], "{kind:?}");
        // Under another name of the same folder too.
        let other = folder.path().join("link");
        std::os::unix::fs::symlink(&profile, &other).expect("a link");
        let error = copy_profile(&other, &copy).await.expect_err("in use");
        assert!(matches!(error, CopyError::InUse { .. }), "{error}");
        browser.kill().await;
        // As a browser leaves it that had nobody to clear up after it.
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").expect("a name");
        let lock = format!("{}-{pid}", host.trim());
        std::os::unix::fs::symlink(lock, profile.join("SingletonLock")).expect("a lock");
        copy_profile(&profile, &copy)
            .await
            .expect("the lock of a dead browser is no obstacle");
    }
}

#[tokio::test]
async fn a_lock_of_another_host_stops_a_copy_until_it_is_cleared() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, copy) = (folder.path().join("profile"), folder.path().join("copy"));
    start(Kind::Chromium, &profile).await.close().await;
    let lock = profile.join("SingletonLock");
    std::os::unix::fs::symlink("an-old-container-1", &lock).expect("a lock");
    let error = copy_profile(&profile, &copy).await.expect_err("in use");
    assert!(matches!(error, CopyError::InUse { .. }), "{error}");
    for _ in 0..2 {
        let refused = on(Kind::Chromium, &profile).start().await;
        let error = refused.expect_err("its lock may be another's");
        assert!(matches!(error, LaunchError::ProfileInUse { .. }), "{error}");
    }
    clear_after_death(&profile);
    copy_profile(&profile, &copy).await.expect("it is free");
    start(Kind::Chromium, &profile).await.close().await;
}

#[tokio::test]
async fn a_browser_that_is_refused_its_profile_leaves_the_lock_of_the_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path().join("profile");
    let browser = start(Kind::Chromium, &profile).await;
    let socket = std::fs::read_link(profile.join("SingletonSocket")).expect("a socket");
    for _ in 0..2 {
        let error = on(Kind::Chromium, &profile)
            .start()
            .await
            .expect_err("used");
        assert!(matches!(error, LaunchError::ProfileInUse { .. }), "{error}");
        clear_after_death(&profile);
        assert!(socket.exists() && profile.join("SingletonLock").is_symlink());
    }
    browser.close().await;
    assert!(!socket.exists() && !profile.join("SingletonLock").is_symlink());
}

fn write(folder: &Path, path: &str, size: usize) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
    let content: Vec<u8> = (0..size)
        .map(|at| u8::try_from(at % 251).expect("small"))
        .collect();
    std::fs::write(path, content).expect("it is written");
}

/// Something like a profile, with files of several sizes.
fn sketch(folder: &Path) -> PathBuf {
    let profile = folder.join("profile");
    write(&profile, "Local State", 100);
    write(&profile, "Default/Cookies", 20_000);
    write(&profile, "Default/IndexedDB/a/1.log", 100_000);
    write(&profile, "Default/Local Storage/leveldb/2.log", 1_000_000);
    profile
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let sorted: BTreeSet<String> = names
        .map(|name| name.into_string().expect("text"))
        .collect();
    sorted.into_iter().collect()
}

/// Copies in a process of its own that may write no file bigger than this.
fn copy_with_limit(limit_bytes: u32, shell: &str, from: &Path, to: &Path) -> ExitStatus {
    Command::new("sh")
        .args(["-c", &format!("{shell} exec \"$@\""), "sh"])
        .args(["prlimit", "--core=0", &format!("--fsize={limit_bytes}")])
        .arg(env!("CARGO_BIN_EXE_profile-copier"))
        .args([from, to])
        .stderr(Stdio::null())
        .status()
        .expect("it runs")
}

#[tokio::test]
async fn kf27_a_copy_that_is_killed_is_never_taken_for_whole() {
    use std::os::unix::process::ExitStatusExt as _;
    /// A file that grew beyond its limit.
    const SIGXFSZ: i32 = 25;
    for limit_bytes in [50, 10_000, 50_000, 500_000] {
        let folder = tempfile::tempdir().expect("a folder");
        let (profile, copy) = (sketch(folder.path()), folder.path().join("copy"));
        let ended = copy_with_limit(limit_bytes, "", &profile, &copy);
        assert_eq!(ended.signal(), Some(SIGXFSZ), "{limit_bytes}: {ended}");
        assert_eq!(names(folder.path()), ["copy.partial", "profile"]);
        let error = verify_copy(&profile, &copy).await.expect_err("no copy");
        assert!(matches!(error, CopyError::NotThere { .. }), "{error}");
        let copied = copy_profile(&profile, &copy).await;
        assert_eq!(copied.expect("what is left is no obstacle").file_count, 4);
        assert_eq!(names(folder.path()), ["copy", "profile"]);
    }
}

#[tokio::test]
async fn kf27_a_copy_that_fails_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, copy) = (sketch(folder.path()), folder.path().join("copy"));
    let ended = copy_with_limit(500_000, "trap '' XFSZ;", &profile, &copy);
    assert_eq!(ended.code(), Some(1), "{ended}");
    assert_eq!(names(folder.path()), ["profile"]);

    let missing = copy_profile(&folder.path().join("none"), &copy).await;
    let missing = missing.expect_err("nothing to copy");
    assert!(matches!(missing, CopyError::NotThere { .. }), "{missing}");

    std::os::unix::fs::symlink("/dev/null", profile.join("Default/link")).expect("a link");
    let error = copy_profile(&profile, &copy).await.expect_err("a link");
    assert!(matches!(error, CopyError::NotAFile { .. }), "{error}");
    assert_eq!(names(folder.path()), ["profile"]);
}

#[tokio::test]
async fn kf27_caches_and_locks_stay_behind_and_all_else_goes() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, copy) = (sketch(folder.path()), folder.path().join("copy"));
    for kept in ["Default/IndexedDB/a/Cache/x", "Default/New Keys", "Unknown"] {
        write(&profile, kept, 3);
    }
    for left_out in [
        "Default/Cache/x",
        "Default/Sessions/x",
        "Crashpad/x",
        "ShaderCache/x",
    ] {
        write(&profile, left_out, 3);
    }
    std::fs::create_dir(profile.join("Default/Empty")).expect("a folder");
    copy_profile(&profile, &copy).await.expect("it is copied");
    assert_eq!(names(&copy), ["Default", "Local State", "Unknown"]);
    assert_eq!(
        names(&copy.join("Default")),
        ["Cookies", "Empty", "IndexedDB", "Local Storage", "New Keys"]
    );
    assert_eq!(names(&copy.join("Default/IndexedDB/a")), ["1.log", "Cache"]);
    let mode = copy.metadata().expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o700, "it is a login");
    // A copy of a copy is the same again, to the last byte.
    let again = folder.path().join("again");
    let first = verify_copy(&profile, &copy).await.expect("the same");
    assert_eq!(copy_profile(&copy, &again).await.expect("copied"), first);
    let error = copy_profile(&profile, &again)
        .await
        .expect_err("it is there");
    assert!(matches!(error, CopyError::Exists { .. }), "{error}");
    assert_eq!(names(folder.path()), ["again", "copy", "profile"]);
}

type Change = fn(&Path);

#[tokio::test]
async fn a_copy_that_is_not_the_same_is_told_from_one_that_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = sketch(folder.path());
    let changes: [(Difference, Change); 5] = [
        (Difference::Content, |copy| {
            let path = copy.join("Default/Local Storage/leveldb/2.log");
            let mut content = std::fs::read(&path).expect("it is read");
            content[999_999] ^= 1;
            std::fs::write(path, content).expect("it is written");
        }),
        (Difference::Size, |copy| write(copy, "Local State", 99)),
        (Difference::Added, |copy| write(copy, "Default/more", 0)),
        (Difference::Missing, |copy| {
            std::fs::remove_file(copy.join("Default/Cookies")).expect("it is removed");
        }),
        (Difference::Kind, |copy| {
            std::fs::remove_file(copy.join("Default/Cookies")).expect("it is removed");
            std::fs::create_dir(copy.join("Default/Cookies")).expect("a folder");
        }),
    ];
    for (at, (expected, change)) in changes.into_iter().enumerate() {
        let copy = folder.path().join(at.to_string());
        copy_profile(&profile, &copy).await.expect("it is copied");
        change(&copy);
        let error = verify_copy(&profile, &copy)
            .await
            .expect_err("not the same");
        let CopyError::Differs { difference, .. } = error else {
            panic!("{error}");
        };
        assert_eq!(difference, expected);
    }
}

#[tokio::test]
async fn of_two_copies_to_one_place_one_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, copy) = (sketch(folder.path()), folder.path().join("copy"));
    let both = tokio::join!(copy_profile(&profile, &copy), copy_profile(&profile, &copy));
    let (made, refused) = match both {
        (Ok(made), Err(refused)) | (Err(refused), Ok(made)) => (made, refused),
        both => panic!("{both:?}"),
    };
    assert!(
        matches!(
            refused,
            CopyError::UnderWay { .. } | CopyError::Exists { .. }
        ),
        "{refused}"
    );
    assert_eq!(verify_copy(&profile, &copy).await.expect("whole"), made);
    assert_eq!(names(folder.path()), ["copy", "profile"]);
}

/// One thread for all, as in a server that is busy.
#[tokio::test(flavor = "current_thread")]
async fn kf27_a_copy_does_not_hold_up_the_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, copy) = (sketch(folder.path()), folder.path().join("copy"));
    let site = Site::start().await;
    portal(&site);
    let copying = copy_profile(&profile, &copy);
    let serving = async {
        // It is answered by this thread while the copy is made, not after it.
        let mut answered = 0;
        loop {
            tokio::net::TcpStream::connect(site.origin().trim_start_matches("http://"))
                .await
                .expect("it is accepted");
            answered += 1;
            if copy.exists() {
                return answered;
            }
        }
    };
    let (copied, answered) = tokio::join!(copying, serving);
    copied.expect("it is copied");
    assert!(answered > 3, "{answered}");
}

#[tokio::test]
async fn a_copy_that_nobody_waits_for_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, copy) = (sketch(folder.path()), folder.path().join("copy"));
    for number in 0..2000 {
        write(&profile, &format!("Default/many/{number}"), 1);
    }
    let partial = folder.path().join("copy.partial");
    tokio::select! {
        biased;
        _ = copy_profile(&profile, &copy) => panic!("it cannot be done yet"),
        () = async { while !partial.exists() { tokio::task::yield_now().await; } } => {}
    }
    let gone = async {
        while partial.exists() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), gone)
        .await
        .expect("the half copy is removed");
    assert_eq!(names(folder.path()), ["profile"]);
}
