//! What Chromium's network stack would do by itself, and that a context with a gate does not let it.

use std::sync::Arc;
use std::time::Duration;

use formhand_browser::{BrowserError, Context, ContextOptions, Gone, Kind};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::support::{Site, TestGate, click, kill_network_process, launch, soon};

const PAGE: &str = "<button id=save onclick=\"fetch('/save', {method: 'POST', body: 'x'})\
    .catch(() => document.body.insertAdjacentHTML('beforeend', '<p id=failed>failed</p>'))\">Save</button>";

/// A server that keeps connections alive, and cuts the one on which a `POST` arrives, without a byte of an answer.
async fn cutting_server() -> (String, watch::Receiver<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    let (count, posts) = watch::channel(0);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, count.clone()));
        }
    });
    (format!("http://{address}"), posts)
}

async fn serve(mut stream: TcpStream, posts: watch::Sender<usize>) {
    let mut head = vec![0; 8192];
    while let Ok(length) = stream.read(&mut head).await {
        if length == 0 || head[..length].starts_with(b"POST") {
            if length > 0 {
                posts.send_modify(|count| *count += 1);
            }
            return;
        }
        let length = PAGE.len();
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {length}\r\n\r\n{PAGE}"
        );
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// Clicks once and says how many requests the server got by the time the page gave up.
async fn posts_of_one_click(kind: Kind, gate: Option<&Arc<TestGate>>) -> usize {
    let (origin, posts) = cutting_server().await;
    let browser = launch(kind).start().await.expect("it starts");
    let options = options(&origin, gate);
    let context = browser.context(options).await.expect("a context opens");
    click_once(&context, &origin).await;
    browser.close().await;
    *posts.borrow()
}

fn options(origin: &str, gate: Option<&Arc<TestGate>>) -> ContextOptions {
    ContextOptions {
        origins: vec![origin.to_owned()],
        gate: gate.map(|gate| gate.options("/save")),
        ..ContextOptions::default()
    }
}

async fn click_once(context: &Context, origin: &str) {
    let page = context.page().await.expect("a page opens");
    page.goto(origin, soon()).await.expect("the page loads");
    page.main()
        .act(&[click("#save")], soon())
        .await
        .expect("it clicks");
    let failed = formhand_browser::Condition::Visible(formhand_browser::Target::css("#failed"));
    page.main()
        .first_of(&[failed], soon())
        .await
        .expect("the page gives up");
}

#[tokio::test]
async fn chromium_by_itself_sends_a_post_again_when_a_used_connection_is_cut() {
    // The reason for the egress. If this ever fails, Chromium has changed and the egress has lost one of its reasons.
    assert!(posts_of_one_click(Kind::HeadlessShell, None).await > 1);
}

#[tokio::test]
async fn a_commit_request_is_sent_once_also_when_a_used_connection_is_cut() {
    for kind in crate::support::ALL {
        let gate = TestGate::passing(1);
        assert_eq!(posts_of_one_click(kind, Some(&gate)).await, 1);
        gate.until(|gate| gate.lost().len() == 1).await;
    }
}

#[tokio::test]
async fn a_commit_request_of_a_profiles_own_context_is_sent_once_too() {
    let ((origin, posts), gate) = (cutting_server().await, TestGate::passing(1));
    let browser = launch(Kind::Chromium).start_behind_egress().await;
    let browser = browser.expect("it starts");
    let context = browser.default_context(options(&origin, Some(&gate))).await;
    click_once(&context.expect("the profile's own context"), &origin).await;
    assert_eq!(*posts.borrow(), 1);
    gate.until(|gate| gate.lost().len() == 1).await;
    browser.close().await;
}

#[tokio::test]
async fn nothing_leaves_a_browser_any_more_whose_profiles_own_context_was_closed() {
    let (site, gate) = (Site::start().await, TestGate::passing(0));
    site.page("/", PAGE);
    let browser = launch(Kind::Chromium).start_behind_egress().await;
    let browser = browser.expect("it starts");
    for is_open in [true, false] {
        let options = options(&site.origin(), Some(&gate));
        let context = browser.default_context(options).await;
        let context = context.expect("the profile's own context");
        let page = context.page().await.expect("a page opens");
        let loaded = page.goto(&site.url("/"), soon()).await;
        assert_eq!(loaded.is_ok(), is_open);
        assert_eq!(site.hits("/").len(), 1);
        context.close().await.expect("its pages close");
    }
    browser.close().await;
}

#[tokio::test]
async fn a_profiles_own_context_has_no_gate_in_a_browser_without_a_way_out() {
    let gate = TestGate::passing(1);
    let browser = launch(Kind::Chromium).start().await.expect("it starts");
    let refused = browser
        .default_context(options("http://127.0.0.1:1", Some(&gate)))
        .await;
    assert!(matches!(refused, Err(BrowserError::NoEgress { .. })));
    browser.close().await;
}

#[tokio::test]
async fn a_request_that_is_held_when_a_profiles_own_context_is_closed_is_never_sent() {
    for way in [
        "fetch('/save', {method: 'POST', keepalive: true})",
        "navigator.sendBeacon('/save', 'b')",
    ] {
        let (site, gate) = (Site::start().await, TestGate::passing(9));
        gate.open.send_replace(false);
        site.page("/", &format!("<button id=go onclick=\"{way}\">Go</button>"));
        let browser = launch(Kind::Chromium).start_behind_egress().await;
        let browser = browser.expect("it starts");
        let context = browser
            .default_context(options(&site.origin(), Some(&gate)))
            .await;
        let context = context.expect("the profile's own context");
        let page = context.page().await.expect("a page opens");
        page.goto(&site.url("/"), soon()).await.expect("it loads");
        let clicked = page.main().act(&[click("#go")], soon()).await;
        clicked.expect("it is clicked");
        gate.until(|gate| gate.asked().len() == 1).await;
        context.close().await.expect("its pages close");
        gate.open.send_replace(true);
        gate.until(|gate| gate.lost().len() == 1).await;
        browser.close().await;
        // The browser is gone: what it had let go would have arrived.
        assert_eq!(site.hits("/save").len(), 0, "{way}");
    }
}

#[tokio::test]
async fn a_profiles_own_context_keeps_its_way_out_when_the_network_process_dies() {
    let ((origin, posts), gate) = (cutting_server().await, TestGate::passing(1));
    let browser = launch(Kind::Chromium).start_behind_egress().await;
    let browser = browser.expect("it starts");
    let context = browser.default_context(options(&origin, Some(&gate))).await;
    let context = context.expect("the profile's own context");
    // What only a network process knows: when there is an answer, one runs.
    let asked = async || {
        let cookies = browser
            .connection()
            .call(None, "Storage.getCookies", json!({}));
        // A process that dies leaves what it was asked without an answer.
        tokio::time::timeout(Duration::from_secs(1), cookies).await
    };
    asked().await.expect("it runs").expect("an answer");
    kill_network_process(&browser);
    while !matches!(asked().await, Ok(Ok(_))) {}
    click_once(&context, &origin).await;
    assert_eq!(*posts.borrow(), 1);
    gate.until(|gate| gate.lost().len() == 1).await;
    browser.close().await;
}

#[tokio::test]
async fn a_browser_whose_network_process_dies_sends_nothing_more_and_ends() {
    for kind in crate::support::ALL {
        let ((origin, posts), gate) = (cutting_server().await, TestGate::passing(1));
        gate.open.send_replace(false);
        let browser = launch(kind).start().await.expect("it starts");
        let context = browser.context(options(&origin, Some(&gate))).await;
        let context = context.expect("a context opens");
        let page = context.page().await.expect("a page opens");
        page.goto(&origin, soon()).await.expect("the page loads");
        let clicked = page.main().act(&[click("#save")], soon()).await;
        clicked.expect("it clicks");
        // The network process dies while the gate thinks, and then the gate says yes.
        gate.until(|gate| gate.asked().len() == 1).await;
        kill_network_process(&browser);
        gate.open.send_replace(true);
        gate.until(|gate| gate.lost().len() == 1).await;
        assert!(matches!(browser.gone().await, Gone::Killed { .. }));
        assert_eq!(*posts.borrow(), 0);
    }
}
