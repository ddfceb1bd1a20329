//! `formhand audit …`, in words, and the proof by a program that is not Formhand.

use std::{fs, process::Command};

use formhand_domain::{JobEvent, NodeId, Writer};
use formhand_store::{Act, Chain as _, Deed, Deeds as _, SqliteStore, Store};
use jiff::Timestamp;

use super::{
    server::serve,
    store::new_job,
    support::{Place, Ran},
};

/// A job that was cancelled, one that is removed, and what a person did.
async fn lived(place: &Place) {
    let store = SqliteStore::open(place.path("data/formhand.db")).unwrap();
    let at: Timestamp = "2026-01-05T09:00:00Z".parse().unwrap();
    let person = || Writer::Person {
        name: "mina".into(),
    };
    for number in [1, 2] {
        let new = new_job(number);
        let id = new.job.id;
        store.submit(new).await.unwrap();
        let reason = "not wanted".to_owned();
        let cancel = JobEvent::Cancel { reason };
        store.apply(id, person(), cancel, at).await.unwrap();
        let drain = Deed::Drain(NodeId::new("node-1").unwrap());
        store.note(Act::of_person("mina", drain, at)).await.unwrap();
        if number == 1 {
            assert!(store.remove(id, Timestamp::MAX, at).await.unwrap());
        }
    }
    assert_eq!(store.head().await.unwrap().unwrap().seq, 7);
    store.close().await.unwrap();
}

/// Links are not the same twice, as salts are chance.
fn plain(ran: &Ran) -> String {
    let text = format!("exit {}\n{}--\n{}", ran.code(), ran.stdout(), ran.stderr());
    let words = text.split_inclusive([' ', '\n', ':', '"']);
    let plain = words.map(|word| {
        let digits = word.trim_end_matches([' ', '\n', ':', '"']);
        let is_link = digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_link {
            word.replace(digits, "LINK")
        } else {
            word.to_owned()
        }
    });
    plain.collect()
}

/// The script, which knows nothing but docs/AUDIT.md.
fn prove(place: &Place, arguments: &[&str]) -> Ran {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/prove-audit");
    let mut command = Command::new("python3");
    command
        .arg(script)
        .args(arguments)
        .current_dir(place.path("."));
    Ran(command.output().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_is_listed_and_proved_where_it_is_kept() {
    let place = Place::new();
    lived(&place).await;
    let run = |arguments: &[&str]| place.run(&[&["--data", "data", "audit"], arguments].concat());
    insta::assert_snapshot!(plain(&run(&["list"])), @"
    exit 0
     NUMBER  WHEN                  WHAT        OF                          BY     MORE
     1                             (removed)
     2                             (removed)
     3       2026-01-05T09:00:00Z  drain       node-1                      mina
     4       2026-01-05T09:00:00Z  remove_job  01KE6P4YM00000000000000001  queue  1-2
     5       2026-01-05T09:00:00Z  submit      01KE6P4YM00000000000000002  queue
     6       2026-01-05T09:00:00Z  cancel      01KE6P4YM00000000000000002  mina   cancelled
     7       2026-01-05T09:00:00Z  drain       node-1                      mina
    --
    ");
    insta::assert_snapshot!(plain(&run(&["verify"])), @"
    exit 0
    the audit holds: 7 entries, 2 of them of jobs that were removed
    head 7:LINK
    --
    ");
    insta::assert_snapshot!(plain(&run(&["head"])), @"
    exit 0
    7:LINK
    --
    ");
    let head = run(&["head"]).stdout().trim().to_owned();
    assert_eq!(run(&["verify", "--head", &head]).code(), 0);
    let other = head.replace("7:", "9:");
    insta::assert_snapshot!(plain(&run(&["verify", "--head", &other])), @"
    exit 6
    the audit is broken: entry 8 is not there: the chain ends before the kept head 9:LINK
    --

    what is before entry 8 holds; docs/AUDIT.md says what to do
    ");
    insta::assert_snapshot!(plain(&run(&["verify", "--head", "x"])), @"
    exit 2
    --
    error: invalid value 'x' for '--head <HEAD>': expected a head as `formhand audit head` prints it: NUMBER:HEX, or its 64 hexadecimal digits alone

    For more information, try '--help'.
    ");
    let as_json = [
        "--json", "--data", "data", "audit", "verify", "--head", &other,
    ];
    insta::assert_snapshot!(plain(&place.run(&as_json)), @r#"
    exit 6
    {
      "holds": false,
      "seq": 8,
      "fault": "cut_off",
      "message": "the audit is broken: entry 8 is not there: the chain ends before the kept head 9:LINK"
    }
    --
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_proved_by_formhand_and_by_a_program_that_is_not() {
    let place = Place::new();
    lived(&place).await;
    let export = place.run(&["--data", "data", "audit", "export"]).stdout();
    place.file("audit.jsonl", &export);
    let head = place.run(&["--data", "data", "audit", "head"]).stdout();
    let by_formhand =
        |head: &str| place.run(&["audit", "verify", "--export", "audit.jsonl", "--head", head]);
    insta::assert_snapshot!(plain(&by_formhand(head.trim())), @"
    exit 0
    the audit holds: 7 entries, 2 of them of jobs that were removed
    head 7:LINK
    --
    ");
    let by_script = prove(&place, &["audit.jsonl", head.trim()]);
    insta::assert_snapshot!(plain(&by_script), @"
    exit 0
    the audit holds: 7 entries
    head 7:LINK
    --
    ");

    let lines: Vec<&str> = export.lines().collect();
    let without = |left_out: usize| {
        let mut lines = lines.clone();
        lines.remove(left_out);
        lines.join("\n")
    };
    let (cancelled, begun) = (
        export.replacen("cancel\"", "retry\"", 1),
        "\"person\",\"mina\"",
    );
    let broken = [
        (cancelled, 6),
        (export.replacen(begun, "\"person\",\"asha\"", 1), 3),
        (without(4), 5),
        (without(3), 4),
        (without(6), 7),
        (export.replacen("\"1-2\"", "\"2-2\"", 1), 4),
    ];
    for (text, seq) in broken {
        fs::write(place.path("audit.jsonl"), &text).unwrap();
        let (formhand, script) = (
            by_formhand(head.trim()),
            prove(&place, &["audit.jsonl", head.trim()]),
        );
        assert_eq!((formhand.code(), script.code()), (6, 6), "{seq}");
        let place = format!("entry {seq} ");
        assert!(formhand.stdout().contains(&place), "{}", formhand.stdout());
        // A head that is not there has no number in the script.
        assert!(
            seq == 7 || script.stdout().contains(&place),
            "{}",
            script.stdout()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_is_kept_nothing_is_made() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["--data", "data", "audit", "verify"]).complaint(), @"
    exit 3
    error: there is no store yet

    hint: name the data folder with --data, or a server with --server
    ");
    assert!(!place.path("data/formhand.db").exists());
    insta::assert_snapshot!(place.run(&["audit", "verify", "--export", "none"]).complaint(), @"
    exit 3
    error: cannot read none: No such file or directory (os error 2)
    ");
    place.file("audit.jsonl", "{}\n");
    insta::assert_snapshot!(place.run(&["audit", "verify", "--export", "audit.jsonl"]).complaint(), @"
    exit 3
    error: cannot read audit.jsonl: line 1 is no entry of an export
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_is_proved_beside_a_server_and_over_its_api_alike() {
    let place = Place::new();
    lived(&place).await;
    let running = serve(&place);
    let head = place.run(&["audit", "head"]).stdout();
    let over_api = |command: &str| place.run(&["--server", running.address(), "audit", command]);
    assert_eq!(over_api("head").stdout(), head);
    let (here, there) = (place.run(&["audit", "verify"]), over_api("verify"));
    assert_eq!((here.code(), there.code()), (0, 0), "{}", there.stderr());
    assert_eq!(here.stdout(), there.stdout());
    let exported = place.run(&["audit", "export"]).stdout();
    assert_eq!(exported.lines().count(), 7);
    assert_eq!(over_api("export").stdout(), exported);
    assert_eq!(
        over_api("list").stdout(),
        place.run(&["audit", "list"]).stdout()
    );
    assert_eq!(running.stop(), 0);
}
