//! What Chromium's network stack would do by itself, and that a context with a gate does not let it.

use formhand_browser::{ContextOptions, Kind};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::support::{TestGate, click, launch, soon};

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
async fn posts_of_one_click(kind: Kind, gate: Option<&std::sync::Arc<TestGate>>) -> usize {
    let (origin, posts) = cutting_server().await;
    let browser = launch(kind).start().await.expect("it starts");
    let options = ContextOptions {
        origins: vec![origin.clone()],
        gate: gate.map(|gate| gate.options("/save")),
        ..ContextOptions::default()
    };
    let context = browser.context(options).await.expect("a context opens");
    let page = context.page().await.expect("a page opens");
    page.goto(&origin, soon()).await.expect("the page loads");
    page.main()
        .act(&[click("#save")], soon())
        .await
        .expect("it clicks");
    let failed = formhand_browser::Condition::Visible(formhand_browser::Target::css("#failed"));
    page.main()
        .first_of(&[failed], soon())
        .await
        .expect("the page gives up");
    let count = *posts.borrow();
    browser.close().await;
    count
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
