//! What is kept of a page beside its picture: inert, and without a value that must not be seen.

use formhand_browser::{
    Condition, ContextOptions, Journal, JournalScope, Page, RequestEnd, Sensitive, Target,
    ValueMatch,
};

use crate::support::{Opened, Site, click, fill, soon};

/// The planted values.
fn planted() -> Sensitive {
    let values = ["Quintessa Zephyrine", "9876501234", "14-03-1991"];
    Sensitive {
        values: values.map(str::to_owned).to_vec(),
    }
}

/// A page of a hostile portal that shows them in every way it can.
const HOSTILE: &str = r#"<!doctype html><title>Of Quintessa Zephyrine</title>
<meta name=csrf content=meta-secret><link rel=stylesheet href=/style.css><base href=/>
<script>window.leak = 'script-secret'</script><style>p::after { content: 'style-secret' }</style>
<!-- comment-secret -->
<h1 onclick="alert('handler-secret')">Proposal</h1>
<p id=quintessa-zephyrine title="Quintessa  ZEPHYRINE" data-x=data-secret style="background:url(/style-secret)">Dear Quintessa <b>Zephyrine</b>, plain</p>
<p>Quintessa<i>Zephyrine</i></p><p>mobile +91 98765-01234</p><p>born 14 Mar 1991</p><p>1991/03/14</p>
<table><tr><td>Quintessa</td><td>Zephyrine</td></tr></table>
<a href="javascript:alert('js-secret')">run</a><a href="/of/Quintessa%20Zephyrine?q=query-secret">of</a>
<form action="/save?t=query-secret"><input name=textContent value=clobbered><input name=childNodes><input name=attributes>
<p>in a form: 9876501234</p></form>
<input id=name value="Quintessa Zephyrine"><input type=hidden value=token-secret><input type=password value=password-secret>
<input id=free value=typed-secret><textarea>area-secret</textarea><div contenteditable>edited-secret</div>
<select id=s><option value=1>one</option><option value=2 selected>Quintessa Zephyrine</option></select>
<input type=checkbox checked><button value="9876501234">Go <span>there</span></button>
<img src="/picture.png?of=query-secret" alt="Quintessa Zephyrine" onerror="alert('handler-secret')">
<svg><script>alert('svg-secret')</script><text>drawn</text></svg>
<x-portal>custom</x-portal><object data="/object?q=query-secret"></object>
<template>template-secret</template><noscript>noscript-secret</noscript>
<p id=shadow></p><p style="display:none">out of sight</p><p>&lt;script&gt;alert('text')&lt;/script&gt; "quoted" 'and' `so`</p>
<iframe srcdoc="<p>in a frame: 98765 01234, and more</p><script>1</script>"></iframe>
<script>document.getElementById('shadow').attachShadow({mode: 'open'}).innerHTML = '<p>shadow Quintessa Zephyrine</p><p>shadow plain</p>';
document.getElementById('free').value = 'typed-secret';</script>"#;

async fn snapshot(page: &Page) -> String {
    let snapshots = page.snapshot(&planted()).await.expect("it is taken");
    let documents = snapshots.iter().map(|snapshot| snapshot.html.as_str());
    documents.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn kf43_a_snapshot_holds_nothing_that_runs_loads_or_must_not_be_seen() {
    let opened = Opened::new(HOSTILE).await;
    let html = snapshot(&opened.page).await;
    let lower = html.to_lowercase();
    for gone in [
        "secret",
        "quintessa",
        "zephyrine",
        "98765",
        "01234",
        "1991",
        "<script",
        "onclick",
        "onerror",
        "javascript:alert",
        "<style",
        "<link",
        "<meta name",
        "<base",
        "<iframe",
        "<object",
        "<svg",
        "clobbered",
        " href=",
        " src=",
        " action=",
        "url(",
    ] {
        assert!(!lower.contains(gone), "{gone} is in it:\n{html}");
    }
    for kept in [
        "Proposal",
        "plain",
        "in a form: ",
        "data-href=\"javascript:\"",
        "data-element=\"svg\"",
        "drawn",
        "custom",
        "shadow plain",
        "<p hidden>out of sight</p>",
        "&#60;script&#62;alert(&#39;text&#39;)&#60;/script&#62;",
        "<input type=\"checkbox\" checked>",
        "and more",
        "Go <span>there</span>",
        "one",
    ] {
        // The text of a block that holds a value goes as a whole, so these two do.
        if kept != "in a form: " && kept != "and more" {
            assert!(html.contains(kept), "{kept} is not in it:\n{html}");
        }
    }
    // Without the list the same page would show them all, so the search above finds what is there.
    let bare = opened.page.snapshot(&Sensitive::default()).await;
    let bare = bare.expect("it is taken")[0].html.clone();
    for shown in ["Quintessa", "Zephyrine", "98765-01234", "14 Mar 1991"] {
        assert!(bare.contains(shown), "{shown}:\n{bare}");
    }
    opened.end().await;
}

#[tokio::test]
async fn a_snapshot_opened_again_does_and_loads_nothing() {
    let opened = Opened::new(HOSTILE).await;
    let html = snapshot(&opened.page).await;
    let second = Opened::new(&html).await;
    let before = second.context.journal();
    assert_eq!(before, Journal::default());
    let again = snapshot(&second.page).await;
    assert!(again.contains("Proposal"), "{again}");
    // Nothing but the page itself was asked for; the browser asks for an icon by itself.
    for path in ["/style.css", "/picture.png", "/object"] {
        assert!(second.site.hits(path).is_empty(), "{path}");
    }
    second.end().await;
    opened.end().await;
}

#[tokio::test]
async fn a_page_without_end_is_cut_off() {
    let opened = Opened::new(
        "<p id=p></p><script>const one = p; one.textContent = 'x'.repeat(3e5);
        for (let n = 0; n < 5; n++) document.body.append(one.cloneNode(true));</script>",
    )
    .await;
    let snapshots = opened.page.snapshot(&planted()).await.expect("it is taken");
    let (cut, length) = (snapshots[0].truncated, snapshots[0].html.len());
    assert!(cut && length < 1_100_000, "{cut} {length}");
    opened.end().await;
}

/// A page that writes and asks.
const TALKING: &str = "<input id=name><button id=go onclick=\"go()\">Go</button><p id=p></p><script>
    console.log('hello', 'Quintessa Zephyrine');
    console.error('failed for Quintessa Zephyrine');
    async function go() {
        const ask = async (path, options) => (await fetch(path, options)).text();
        await ask('/found?name=Quintessa%20Zephyrine', {method: 'POST', body: 'body-secret'});
        await ask('/moved');
        await ask('/of/Quintessa%20Zephyrine');
        await fetch('http://localhost:1/nobody').catch(() => {});
        setTimeout(() => { p.textContent = 'done'; throw new Error('broken for Quintessa Zephyrine'); });
    }</script>";

async fn talked() -> (Opened, Journal) {
    let site = Site::start().await;
    site.page("/", TALKING);
    site.answer("/found", 200, &[("content-type", "text/plain")], "found");
    site.answer("/moved", 302, &[("location", "/found")], "");
    let options = ContextOptions {
        journal: JournalScope::All,
        ..ContextOptions::default()
    };
    let opened = Opened::at(site, options).await;
    opened
        .main()
        .act(&[fill("#name", "x"), click("#go")], soon())
        .await
        .expect("it acts");
    let done = Condition::Value {
        target: Target::css("#p"),
        matches: ValueMatch::Equals("done".to_owned()),
    };
    opened
        .main()
        .first_of(&[done], soon())
        .await
        .expect("it is done");
    opened.page.note_errors().await;
    let journal = opened.context.journal();
    (opened, journal)
}

#[tokio::test]
async fn a_journal_tells_what_pages_wrote_and_asked_for() {
    let (opened, journal) = talked().await;
    let lines: Vec<String> = journal
        .console
        .iter()
        .map(|line| format!("{} {} {}", line.by, line.level, line.text))
        .collect();
    let lines = lines.join("\n");
    assert!(lines.contains("console-api log hello"), "{lines}");
    assert!(lines.contains("error failed for"), "{lines}");
    assert!(
        lines.contains("page error") && lines.contains("broken for"),
        "{lines}"
    );
    let origin = opened.site.origin();
    let ended: Vec<String> = journal
        .requests
        .iter()
        .map(|request| {
            let end = match &request.end {
                RequestEnd::Open { .. } => "open".to_owned(),
                RequestEnd::Answered { status, .. } => status.to_string(),
                RequestEnd::Failed { reason, .. } => reason.clone(),
            };
            let url = request.url.replace(&origin, "");
            format!("{} {url} {} {end}", request.method, request.kind)
        })
        .collect();
    for expected in [
        "GET / Document 200",
        "POST /found Fetch 200",
        "GET /moved Fetch 302",
        "GET /found Fetch 200",
        "GET /of/Quintessa%20Zephyrine Fetch 404",
    ] {
        assert!(
            ended.iter().any(|one| one == expected),
            "{expected}: {ended:?}"
        );
    }
    let refused = |one: &String| one.starts_with("GET http://localhost:1/nobody Fetch net::ERR");
    assert!(ended.iter().any(refused), "{ended:?}");
    opened.end().await;
}

#[tokio::test]
async fn kf43_a_redacted_journal_holds_no_value_no_query_and_no_body() {
    let (opened, journal) = talked().await;
    let plain = serde_json::to_string(&journal).expect("it is JSON");
    assert!(
        plain.contains("Quintessa"),
        "the search would find it: {plain}"
    );
    let redacted = serde_json::to_string(&journal.redacted(&planted())).expect("it is JSON");
    for gone in ["quintessa", "zephyrine", "secret", "?name"] {
        assert!(
            !redacted.to_lowercase().contains(gone),
            "{gone}: {redacted}"
        );
    }
    opened.end().await;
}
