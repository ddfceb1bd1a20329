//! `formhand key`, `formhand secret`, `formhand store seal` and `rekey`, from the first key to the last.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    process::{Output, Stdio},
    time::Duration,
};

use formhand_domain::CallerId;
use formhand_store::{SqliteStore, Store};
use serde_json::Value;

use super::{
    store::new_job,
    support::{Place, Ran},
};

/// Jobs of the store that is sealed: enough to be interrupted in.
const JOBS: u32 = 2_000;

/// What stands in each of them. No sealed text has a blank or a quotation mark, so neither is in one by chance.
const LABEL: &str = "Asha Example";
const RECORD: &str = r#""firstName":"Asha""#;

/// A data folder with jobs that are not sealed.
async fn filled(place: &Place) {
    let store = SqliteStore::open(place.path("data/formhand.db")).unwrap();
    let calls = (0..JOBS).map(|number| store.submit(new_job(number.into())));
    for stored in futures_util::future::join_all(calls).await {
        stored.unwrap();
    }
    store.close().await.unwrap();
}

/// Whether a text is anywhere in the files of the store.
fn is_seen(place: &Place, text: &str) -> bool {
    let files = fs::read_dir(place.path("data")).unwrap();
    let mut bytes = files.map(|file| fs::read(file.unwrap().path()).unwrap_or_default());
    bytes.any(|bytes| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

/// With the ids of keys left out, which differ from run to run.
fn plain(ran: &Ran, ids: &[(&str, &str)]) -> String {
    let text = format!("exit {}\n{}--\n{}", ran.code(), ran.stdout(), ran.stderr());
    ids.iter()
        .fold(text, |text, (id, name)| text.replace(id, name))
}

fn new_key(place: &Place, name: &str) -> String {
    let ran = place.run(&["key", "new", "--file", name]);
    assert_eq!(ran.code(), 0, "{}", ran.stderr());
    let mode = fs::metadata(place.path(name)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    ran.stdout().trim().to_owned()
}

/// Runs a command that is told this on standard input.
fn told(place: &Place, arguments: &[&str], text: &str) -> Ran {
    let mut command = place.command(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(text.as_bytes()).unwrap();
    drop(stdin);
    let output: Output = child.wait_with_output().unwrap();
    Ran(output)
}

#[test]
fn a_key_is_made_once_and_told_by_its_id() {
    let place = Place::new();
    let first = new_key(&place, "first");
    assert_eq!(place.run(&["key", "id", "first"]).stdout().trim(), first);
    assert_ne!(first, new_key(&place, "second"));
    let again = place.run(&["key", "new", "--file", "first"]);
    insta::assert_snapshot!(plain(&again, &[]), @"
    exit 3
    --
    error: cannot write first: File exists (os error 17)

    hint: a key that is there is never written over: name another file
    ");
    let printed: Value =
        serde_json::from_str(&place.run(&["key", "new", "--json"]).stdout()).unwrap();
    place.file("third", printed["key"].as_str().unwrap());
    assert_eq!(
        place.run(&["key", "id", "third"]).stdout().trim(),
        printed["id"]
    );
    insta::assert_snapshot!(plain(&place.run(&["key", "id"]), &[]), @"
    exit 3
    --
    error: the configuration names no key

    hint: name the file of one, or a key by seal_key_env or seal_key_file under [store]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_sealed_and_sealed_anew_and_opens_with_its_key_alone() {
    let place = Place::new();
    filled(&place).await;
    let (first, second) = (new_key(&place, "first"), new_key(&place, "second"));
    let ids = [(&*first, "FIRST"), (&*second, "SECOND")];
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let key = "[store]\nseal_key_file = \"first\"\n";
    place.file("formhand.toml", key);
    insta::assert_snapshot!(plain(&place.run(&serve), &ids), @"
    exit 5
    --
    error: cannot open the store: the store is not sealed, and [store] names a key to seal it with: run `formhand store seal`

    hint: stop all servers of the store first, and make a backup
    ");
    assert!(is_seen(&place, LABEL) && is_seen(&place, RECORD));
    insta::assert_snapshot!(plain(&place.run(&["store", "seal"]), &ids), @"
    exit 0
    --
    2000 values are sealed with the key FIRST
    ");
    assert!(!is_seen(&place, LABEL) && !is_seen(&place, RECORD));
    let proved = place.run(&["audit", "verify"]);
    assert_eq!(proved.code(), 0, "{}", proved.stderr());
    assert!(proved.stdout().starts_with("the audit holds: 2000 entries"));
    insta::assert_snapshot!(plain(&place.run(&["store", "seal"]), &ids), @"
    exit 0
    --
    nothing was left to do: it is sealed with the key FIRST
    ");
    place.file("formhand.toml", "");
    insta::assert_snapshot!(plain(&place.run(&serve), &ids), @"
    exit 5
    --
    error: cannot open the store: the store is sealed with the key FIRST: name it by seal_key_env or seal_key_file under [store], on MongoDB with seal_records = true

    hint: `formhand key id` says which keys are configured
    ");
    place.file("formhand.toml", "[store]\nseal_key_file = \"second\"\n");
    insta::assert_snapshot!(plain(&place.run(&serve), &ids), @"
    exit 5
    --
    error: cannot open the store: the store is sealed with the key FIRST, and the one that seal_key_env or seal_key_file under [store] names is SECOND

    hint: `formhand key id` says which keys are configured
    ");
    let both = "[store]\nseal_key_file = \"second\"\nold_seal_key_files = [\"first\"]\n";
    place.file("formhand.toml", both);
    insta::assert_snapshot!(plain(&place.run(&serve), &ids), @"
    exit 5
    --
    error: cannot open the store: the store is sealed with the old key FIRST, and the present one is SECOND: run `formhand store rekey`

    hint: stop all servers of the store first, and make a backup
    ");
    insta::assert_snapshot!(plain(&place.run(&["key", "id"]), &ids), @"
    exit 0
     OF          KEY
     store       SECOND
     store, old  FIRST
    --
    ");
    insta::assert_snapshot!(plain(&place.run(&["store", "rekey"]), &ids), @"
    exit 0
    --
    2000 values are sealed with the key SECOND
    ");
    place.file("formhand.toml", "[store]\nseal_key_file = \"second\"\n");
    let check = place.run(&["migrate", "--check"]);
    assert_eq!(check.code(), 0, "{}", check.stderr());
    let old = place.run(&["store", "rekey"]);
    insta::assert_snapshot!(plain(&old, &ids), @"
    exit 0
    --
    nothing was left to do: it is sealed with the key SECOND
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn sealing_that_is_killed_at_any_time_is_finished_by_the_same_command() {
    let place = Place::new();
    filled(&place).await;
    new_key(&place, "first");
    new_key(&place, "second");
    place.file("formhand.toml", "[store]\nseal_key_file = \"first\"\n");
    killed_and_finished(&place, "seal");
    assert!(!is_seen(&place, LABEL) && !is_seen(&place, RECORD));
    let both = "[store]\nseal_key_file = \"second\"\nold_seal_key_files = [\"first\"]\n";
    place.file("formhand.toml", both);
    killed_and_finished(&place, "rekey");
    let text = fs::read_to_string(place.path("second")).unwrap();
    let key = formhand_seal::SealKey::parse(&text).unwrap();
    let keys = formhand_seal::Keyring::new(&key, &[]);
    let store = SqliteStore::open_sealed(place.path("data/formhand.db"), Some(&keys)).unwrap();
    assert_eq!(store.stats().await.unwrap().total(), u64::from(JOBS));
    let caller = CallerId::new("4711999").unwrap();
    assert!(store.job_of_caller(&caller).await.unwrap().is_some());
}

fn killed_and_finished(place: &Place, command: &str) {
    let mut was_killed = false;
    for wait in [10, 40, 80, 120, 160] {
        let mut child = place.command(&["store", command]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        was_killed |= child.wait().unwrap().code().is_none();
    }
    assert!(was_killed, "it was never interrupted");
    let ran = place.run(&["store", command]);
    assert_eq!(ran.code(), 0, "{}", ran.stderr());
}

#[test]
fn kf43_a_sealed_secret_is_where_the_configuration_says_and_is_seen_nowhere() {
    let place = Place::new();
    let key = new_key(&place, "key");
    let ids = [(&*key, "KEY")];
    insta::assert_snapshot!(plain(&place.run(&["secret", "list"]), &ids), @"
    exit 3
    --
    error: the configuration names no sealed file

    hint: name one under [secrets]: file, and key_env or key_file; `formhand key new` makes a key
    ");
    let account = "[[accounts]]\nportal = \"garden\"\nname = \"main\"\nuser = \"asha\"\npassword_file = \"sealed:garden\"\n";
    let secrets = "[secrets]\nfile = \"secrets.sealed\"\nkey_file = \"key\"\n";
    let token = "[[tokens]]\nname = \"anna\"\nrole = \"viewer\"\nfile = \"sealed:garden\"\n";
    place.file("formhand.toml", format!("{secrets}{token}"));
    let missing = place.run(&["serve", "--listen", "127.0.0.1:0"]);
    insta::assert_snapshot!(plain(&missing, &ids), @r#"
    exit 3
    --
    error: token anna is not there: the sealed file of secrets has no "garden": `formhand secret set garden` puts it in

    hint: `formhand token create` makes one, and prints the lines for the configuration
    "#);
    place.file("formhand.toml", format!("{secrets}{account}"));
    insta::assert_snapshot!(plain(&told(&place, &["secret", "set", "garden"], "planted-value\n"), &ids), @r#"
    exit 0
    --
    garden is in secrets.sealed; the configuration names it "sealed:garden"
    "#);
    insta::assert_snapshot!(plain(&told(&place, &["secret", "set", "other"], ""), &ids), @"
    exit 3
    --
    error: an empty secret is none

    hint: write it to standard input
    ");
    insta::assert_snapshot!(plain(&place.run(&["secret", "list"]), &ids), @"
    exit 0
    garden
    --
    ");
    let file = fs::read_to_string(place.path("secrets.sealed")).unwrap();
    assert!(!file.contains("planted") && !file.contains("garden"));
    let doctor = place.run(&["doctor", "--json"]).stdout();
    assert!(
        doctor.contains("password from the sealed secret garden"),
        "{doctor}"
    );
    assert!(!doctor.contains("planted"));

    place.file("secrets.sealed", file.replace('A', "B"));
    let changed = place.run(&["secret", "list"]);
    assert_eq!(changed.code(), 3, "{}", changed.stderr());
    place.file("secrets.sealed", file);
    let next = new_key(&place, "next");
    let moved =
        "[secrets]\nfile = \"secrets.sealed\"\nkey_file = \"next\"\nold_key_files = [\"key\"]\n";
    place.file("formhand.toml", moved);
    let ids = [(&*next, "NEXT")];
    insta::assert_snapshot!(plain(&place.run(&["secret", "rekey"]), &ids), @"
    exit 0
    --
    secrets.sealed is sealed with the key NEXT
    ");
    place.file(
        "formhand.toml",
        "[secrets]\nfile = \"secrets.sealed\"\nkey_file = \"next\"\n",
    );
    assert_eq!(place.run(&["secret", "list"]).stdout(), "garden\n");
    insta::assert_snapshot!(plain(&place.run(&["secret", "remove", "garden"]), &ids), @"
    exit 0
    --
    garden is out of secrets.sealed
    ");
    insta::assert_snapshot!(plain(&place.run(&["secret", "remove", "garden"]), &ids), @"
    exit 5
    --
    error: there is no secret garden

    hint: `formhand secret list` lists their names
    ");
}
