//! The gate: what files a form leaves only when it may, whoever sends it and however.

use std::sync::Arc;

use formhand_browser::{Condition, ContextOptions, Deadline, Target, TextMatch, UrlGlob};

use crate::support::{ALL, Opened, Site, TestGate, check, click, cutting_server, launch, soon};

fn gated(gate: &Arc<TestGate>) -> ContextOptions {
    ContextOptions {
        gate: Some(gate.options("/save")),
        ..ContextOptions::default()
    }
}

async fn open(html: &str, gate: &Arc<TestGate>) -> Opened {
    let site = Site::start().await;
    site.page("/", html);
    site.page("/save", "<p id=number>P-1</p>");
    Opened::at(site, gated(gate)).await
}

fn text(selector: &str, text: &str) -> Condition {
    Condition::Text {
        target: Target::css(selector),
        matches: TextMatch::Contains(text.to_owned()),
    }
}

/// Every way in which a page can send, each started by a click on `#go`. Each sends two requests; `out` tells what
/// became of those that can tell.
const WAYS: &[(&str, &str)] = &[
    ("fetch", "for (const n of [1, 2]) fetch('/save?' + n, {method: 'POST', body: 'b'}).then(() => tell('ok'), () => tell('no'))"),
    (
        "XMLHttpRequest",
        "for (const n of [1, 2]) { const r = new XMLHttpRequest(); r.open('POST', '/save?' + n);
         r.onload = () => tell('ok'); r.onerror = () => tell('no'); r.send('b') }",
    ),
    ("beacon", "navigator.sendBeacon('/save?1', 'b'); navigator.sendBeacon('/save?2', 'b')"),
    (
        "keepalive",
        "for (const n of [1, 2]) fetch('/save?' + n, {method: 'POST', keepalive: true, body: 'b'}).catch(() => 0)",
    ),
    ("iframe", "for (const n of [1, 2]) document.body.append(Object.assign(document.createElement('iframe'), {src: '/sender'}))"),
    ("pop-up", "window.open('/sender'); window.open('/sender', 'b', 'noopener')"),
    ("worker", "new Worker('/worker.js'); new Worker('/worker.js?2')"),
    ("shared worker", "new SharedWorker('/worker.js'); new SharedWorker('/worker.js?2')"),
    ("service worker", "navigator.serviceWorker.register('/service.js')"),
    (
        "form in a frame of its own",
        "for (const n of [1, 2]) { const f = document.createElement('iframe'); f.name = 'f' + n; document.body.append(f);
         const form = Object.assign(document.createElement('form'), {method: 'post', action: '/save?' + n, target: f.name});
         document.body.append(form); form.submit() }",
    ),
];

#[tokio::test]
async fn one_request_passes_and_the_second_fails_whoever_sends_it() {
    for kind in ALL {
        let browser = launch(kind).start().await.expect("it starts");
        for (name, script) in WAYS {
            let gate = TestGate::passing(1);
            let site = Site::start().await;
            let tell = "const tell = (text) => document.getElementById('out').append(text + ' ');";
            site.page("/", &format!("<button id=go onclick=\"go()\">Go</button><p id=out></p><script>{tell} function go() {{ {script} }}</script>"));
            site.page("/save", "P-1");
            site.page(
                "/sender",
                "<script>fetch('/save', {method: 'POST', body: 'b'}).catch(() => 0)</script>",
            );
            site.script(
                "/worker.js",
                "fetch('/save', {method: 'POST', body: 'b'}).catch(() => 0)",
            );
            site.script(
                "/service.js",
                "oninstall = (event) => event.waitUntil(Promise.allSettled([1, 2].map(() => fetch('/save', {method: 'POST'}))))",
            );
            let opened = Opened::on(browser.clone(), site, gated(&gate)).await;
            opened
                .main()
                .act(&[click("#go")], soon())
                .await
                .expect("it is clicked");
            println!("{name} on {kind:?}");
            gate.until(|gate| gate.asked().len() == 2 && gate.answers().len() == 1)
                .await;
            if ["fetch", "XMLHttpRequest"].contains(name) {
                opened
                    .main()
                    .first_of(&[text("#out", "ok")], soon())
                    .await
                    .expect("one got its answer");
                opened
                    .main()
                    .first_of(&[text("#out", "no")], soon())
                    .await
                    .expect("the other failed");
            }
            opened.context.close().await.expect("it closes");
            assert_eq!(opened.site.hits("/save").len(), 1, "{name} on {kind:?}");
            let refused = opened.context.refused();
            assert_eq!(refused.len(), 1, "{name} on {kind:?}: {refused:?}");
            assert_eq!(refused[0].reason, "one has passed");
            assert!(!refused[0].request.source.is_empty());
        }
        browser.close().await;
    }
}

#[tokio::test]
async fn what_does_not_match_the_pattern_is_not_asked_about() {
    let gate = TestGate::passing(0);
    let opened = open("<button id=go onclick=\"fetch('/save').then(() => out.append('got'))\">Go</button><p id=out>", &gate).await;
    opened
        .main()
        .act(&[click("#go")], soon())
        .await
        .expect("it is clicked");
    opened
        .main()
        .first_of(&[text("#out", "got")], soon())
        .await
        .expect("a GET passes");
    assert!(gate.asked().is_empty());
    opened.end().await;
}

#[tokio::test]
async fn the_answer_is_given_to_the_gate_before_the_page_sees_it() {
    let gate = TestGate::passing(1);
    let html = "<button id=go onclick=\"fetch('/save', {method: 'POST'}).then((r) => r.text()).then((t) => out.append(t))\">Go</button><p id=out>";
    let opened = open(html, &gate).await;
    opened.site.answer(
        "/save",
        789,
        &[("x-proposal", "P-9"), ("content-type", "text/plain")],
        "Premium é",
    );
    gate.let_answers_in.send_replace(false);
    opened
        .main()
        .act(&[click("#go")], soon())
        .await
        .expect("it is clicked");
    gate.until(|gate| gate.answers().len() == 1).await;
    let answer = gate.answers().remove(0);
    assert_eq!(
        (answer.status, &answer.body[..]),
        (789, "Premium é".as_bytes())
    );
    assert!(
        answer
            .headers
            .iter()
            .any(|(name, value)| name == "x-proposal" && value == "P-9")
    );
    assert_eq!(opened.text("#out").await.as_deref(), Some(""));
    gate.let_answers_in.send_replace(true);
    opened
        .main()
        .first_of(&[text("#out", "Premium")], soon())
        .await
        .expect("the page gets it afterwards");
    opened.end().await;
}

#[tokio::test]
async fn a_redirect_that_repeats_the_request_is_asked_again() {
    let gate = TestGate::passing(1);
    let opened = open(
        "<form method=post action=/save><input name=a value=1><button id=go>Go</button></form>",
        &gate,
    )
    .await;
    opened
        .site
        .answer("/save", 307, &[("location", "/save?again")], "");
    opened
        .main()
        .act(&[click("#go")], soon())
        .await
        .expect("it is clicked");
    gate.until(|gate| gate.asked().len() == 2).await;
    gate.until(|gate| gate.answers().len() == 1).await;
    assert_eq!(gate.answers()[0].status, 307);
    opened.context.close().await.expect("it closes");
    assert_eq!(opened.site.hits("/save").len(), 1);
    assert!(
        opened.context.refused()[0]
            .request
            .url
            .ends_with("/save?again")
    );
    opened.end().await;
}

#[tokio::test]
async fn a_connection_that_is_cut_is_lost_and_not_answered() {
    for kind in ALL {
        let (port, counted) = cutting_server().await;
        let gate = TestGate::passing(9);
        let site = Site::start().await;
        site.page(
            "/",
            &format!("<button id=go onclick=\"fetch('http://127.0.0.1:{port}/cut', {{method: 'POST', mode: 'no-cors'}}).catch(() => out.append('no'))\">Go</button><p id=out>"),
        );
        let options = ContextOptions {
            gate: Some(gate.options("/cut")),
            ..ContextOptions::default()
        };
        let opened = Opened::on(
            launch(kind).start().await.expect("it starts"),
            site,
            options,
        )
        .await;
        opened
            .main()
            .act(&[click("#go")], soon())
            .await
            .expect("it is clicked");
        gate.until(|gate| !gate.lost().is_empty()).await;
        opened
            .main()
            .first_of(&[text("#out", "no")], soon())
            .await
            .expect("the page learns it too");
        assert!(
            gate.lost()[0].1.contains("the connection failed"),
            "{}",
            gate.lost()[0].1
        );
        assert!(gate.answers().is_empty());
        assert_eq!(
            *counted.borrow(),
            gate.asked().len(),
            "each time it was sent, it was asked about"
        );
        opened.end().await;
    }
}

#[tokio::test]
async fn a_context_that_is_closed_while_a_request_is_held_sends_nothing() {
    for kind in ALL {
        for way in [
            "fetch('/save', {method: 'POST'})",
            "navigator.sendBeacon('/save', 'b')",
            "fetch('/save', {method: 'POST', keepalive: true})",
        ] {
            let gate = TestGate::passing(9);
            gate.open.send_replace(false);
            let site = Site::start().await;
            site.page("/", &format!("<button id=go onclick=\"{way}\">Go</button>"));
            site.page("/other", "x");
            let browser = launch(kind).start().await.expect("it starts");
            let opened = Opened::on(browser, site, gated(&gate)).await;
            opened
                .main()
                .act(&[click("#go")], soon())
                .await
                .expect("it is clicked");
            gate.until(|gate| gate.asked().len() == 1).await;
            opened.context.close().await.expect("it closes");
            gate.open.send_replace(true);
            gate.until(|gate| gate.lost().len() == 1).await;
            // Another context still works, and what it sends arrives after anything that was let go by mistake.
            let other = ContextOptions {
                origins: vec![opened.site.origin()],
                ..ContextOptions::default()
            };
            let page = opened
                .browser
                .context(other)
                .await
                .expect("a context")
                .page()
                .await
                .expect("a page");
            page.goto(&opened.site.url("/other"), soon())
                .await
                .expect("it loads");
            assert_eq!(opened.site.hits("/save").len(), 0, "{way} on {kind:?}");
            opened.end().await;
        }
    }
}

#[tokio::test]
async fn a_page_that_is_closed_while_a_request_is_held_sends_it_only_if_the_gate_lets_it() {
    let gate = TestGate::passing(0);
    gate.open.send_replace(false);
    let opened = open(
        "<button id=go onclick=\"fetch('/save', {method: 'POST', keepalive: true})\">Go</button>",
        &gate,
    )
    .await;
    opened
        .main()
        .act(&[click("#go")], soon())
        .await
        .expect("it is clicked");
    gate.until(|gate| gate.asked().len() == 1).await;
    opened.page.close().await;
    gate.open.send_replace(true);
    let page = opened.context.page().await.expect("a page");
    page.goto(&opened.site.url("/"), soon())
        .await
        .expect("it loads");
    assert_eq!(opened.site.hits("/save").len(), 0);
    opened.end().await;
}

#[tokio::test]
async fn a_request_without_an_answer_is_lost_when_its_context_closes() {
    let gate = TestGate::passing(1);
    let site = Site::start().await;
    site.page(
        "/",
        "<button id=go onclick=\"fetch('/held', {method: 'POST'})\">Go</button>",
    );
    let options = ContextOptions {
        gate: Some(gate.options("/held")),
        ..ContextOptions::default()
    };
    let opened = Opened::at(site, options).await;
    opened
        .main()
        .act(&[click("#go")], soon())
        .await
        .expect("it is clicked");
    opened.site.arrived("/held", 1).await;
    opened.context.close().await.expect("it closes");
    gate.until(|gate| gate.lost().len() == 1).await;
    // Which of the two it is depends on who notices first.
    let why = &gate.lost()[0].1;
    assert!(
        why == "the context was closed" || why.starts_with("the connection failed"),
        "{why}"
    );
    opened.end().await;
}

#[tokio::test]
async fn a_gate_that_panics_refuses() {
    let gate = TestGate::panicking();
    let opened = open("<button id=go onclick=\"fetch('/save', {method: 'POST'}).catch(() => out.append('no'))\">Go</button><p id=out>", &gate).await;
    opened
        .main()
        .act(&[click("#go")], soon())
        .await
        .expect("it is clicked");
    opened
        .main()
        .first_of(&[text("#out", "no")], soon())
        .await
        .expect("it fails");
    assert_eq!(opened.site.hits("/save").len(), 0);
    assert_eq!(opened.context.refused()[0].reason, "the gate failed");
    opened.end().await;
}

#[tokio::test]
async fn the_fingerprint_is_of_method_address_and_body() {
    let gate = TestGate::passing(9);
    let html = "<button id=go onclick=\"for (const b of ['1', '1', '2']) fetch('/save', {method: 'POST', body: b})\">Go</button>";
    let opened = open(html, &gate).await;
    opened
        .main()
        .act(&[click("#go")], soon())
        .await
        .expect("it is clicked");
    gate.until(|gate| gate.asked().len() == 3).await;
    let mut prints: Vec<_> = gate
        .asked()
        .into_iter()
        .map(|request| request.body_sha256)
        .collect();
    prints.sort();
    prints.dedup();
    assert_eq!((prints.len(), prints[0].len()), (2, 64));
    opened.end().await;
}

#[tokio::test]
async fn a_double_click_of_the_page_and_a_checkbox_that_submits_are_held_too() {
    let gate = TestGate::passing(0);
    let html = "<form method=post action=/save><input type=checkbox id=c onchange='this.form.submit()'></form>";
    let opened = open(html, &gate).await;
    let _ = opened.main().act(&[check("#c", true)], soon()).await;
    gate.until(|gate| gate.asked().len() == 1).await;
    assert_eq!(opened.site.hits("/save").len(), 0);
    opened.end().await;
}

#[tokio::test]
async fn documents_of_other_origins_are_not_opened() {
    for kind in ALL {
        let site = Site::start().await;
        let elsewhere = site.other_site();
        site.page("/", &format!("<iframe id=f src='{elsewhere}/elsewhere'></iframe><a id=a href='{elsewhere}/elsewhere'>a</a>"));
        site.page("/elsewhere", "x");
        site.answer(
            "/away",
            302,
            &[("location", &format!("{elsewhere}/elsewhere"))],
            "",
        );
        let opened = Opened::on(
            launch(kind).start().await.expect("it starts"),
            site,
            ContextOptions::default(),
        )
        .await;
        let direct = opened
            .page
            .goto(&format!("{elsewhere}/elsewhere"), soon())
            .await
            .expect_err("refused");
        assert_eq!(
            direct,
            formhand_browser::PageError::OriginRefused {
                url: format!("{elsewhere}/elsewhere")
            }
        );
        let redirected = opened
            .page
            .goto(&opened.site.url("/away"), soon())
            .await
            .expect_err("refused");
        assert_eq!(
            redirected,
            formhand_browser::PageError::OriginRefused {
                url: format!("{elsewhere}/elsewhere")
            }
        );
        opened
            .page
            .goto(&opened.site.url("/"), soon())
            .await
            .expect("it loads");
        opened
            .main()
            .act(&[click("#a")], soon())
            .await
            .expect("it is clicked");
        let refused = async {
            while opened.context.refused().len() < 4 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout_at(
            Deadline::after(std::time::Duration::from_secs(5)).instant(),
            refused,
        )
        .await
        .expect("the redirect, two frames and the link are refused");
        assert_eq!(opened.site.hits("/elsewhere").len(), 0);
        opened.end().await;
    }
}

#[tokio::test]
async fn a_request_that_its_page_takes_back_is_lost() {
    for kind in ALL {
        let gate = TestGate::passing(1);
        let site = Site::start().await;
        site.page(
            "/",
            "<button id=go onclick=\"fetch('/held', {method: 'POST', signal: abort.signal}).catch(() => 0)\">Go</button>
             <button id=no onclick='abort.abort()'>No</button><script>abort = new AbortController()</script>",
        );
        let options = ContextOptions {
            gate: Some(gate.options("/held")),
            ..ContextOptions::default()
        };
        let browser = launch(kind).start().await.expect("it starts");
        let opened = Opened::on(browser, site, options).await;
        let go = opened.main().act(&[click("#go")], soon()).await;
        go.expect("it is clicked");
        opened.site.arrived("/held", 1).await;
        let no = opened.main().act(&[click("#no")], soon()).await;
        no.expect("it is clicked");
        gate.until(|gate| gate.lost().len() == 1).await;
        assert!(gate.lost()[0].1.contains("took the request back"));
        opened.end().await;
    }
}

#[tokio::test]
async fn a_click_is_done_when_it_submits_a_form_that_is_not_answered() {
    for kind in ALL {
        let gate = TestGate::passing(1);
        let site = Site::start().await;
        site.page(
            "/",
            "<form method=post action=/held><button id=go>Go</button></form>",
        );
        let options = ContextOptions {
            gate: Some(gate.options("/held")),
            watch: vec![UrlGlob::new("/api")],
            ..ContextOptions::default()
        };
        let browser = launch(kind).start().await.expect("it starts");
        let opened = Opened::on(browser, site, options).await;
        let started_at = std::time::Instant::now();
        let go = opened.main().act(&[click("#go")], soon()).await;
        go.expect("it is clicked");
        assert!(started_at.elapsed() < std::time::Duration::from_secs(9));
        opened.site.arrived("/held", 1).await;
        // What needs no script is seen while the answer is out.
        let here = Condition::Any(vec![Condition::Url(UrlGlob::new("/"))]);
        opened
            .main()
            .first_of(&[here], soon())
            .await
            .expect("known");
        assert!(started_at.elapsed() < std::time::Duration::from_secs(9));
        opened.context.close().await.expect("it closes");
        gate.until(|gate| gate.lost().len() == 1).await;
        opened.end().await;
    }
}
