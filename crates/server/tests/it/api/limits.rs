//! What a client may use up.

use std::time::Duration;

use formhand_server::{
    access::{AccessSetup, Pace, RateLimits},
    http::ServeLimits,
};
use jiff::SignedDuration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::{
    callers::token_of,
    served::{PATIENCE, Served, brief},
    support::bearer,
};

/// Short enough that a test does not take long, and long enough for a request that is whole.
const SHORT: Duration = Duration::from_millis(400);

/// So often a client that is slow on purpose sends a byte: within every pause that is allowed.
const DRIP: Duration = Duration::from_millis(40);

fn short() -> ServeLimits {
    ServeLimits {
        head: SHORT,
        body: SHORT * 2,
        body_pause: SHORT,
        ..ServeLimits::default()
    }
}

/// A connection that has sent this much.
async fn begun(served: &Served, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// What the server says until it ends the connection.
async fn rest(mut stream: impl tokio::io::AsyncRead + Unpin) -> String {
    let mut said = Vec::new();
    let read = timeout(PATIENCE, stream.read_to_end(&mut said)).await;
    // A connection that is cut while it sends may be reset.
    let _ = read.expect("the server keeps the connection");
    String::from_utf8(said).unwrap()
}

/// Sends a byte now and then until the server ends the connection, and gives what it said.
async fn drip(stream: TcpStream) -> String {
    let (reading, mut writing) = stream.into_split();
    let dripping = tokio::spawn(async move {
        let mut beat = tokio::time::interval(DRIP);
        loop {
            beat.tick().await;
            if writing.write_all(b"a").await.is_err() {
                return;
            }
        }
    });
    let said = rest(reading).await;
    dripping.abort();
    said
}

fn submit(length: usize) -> String {
    format!(
        "POST /api/jobs HTTP/1.1\r\nhost: localhost\r\nauthorization: {}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n",
        bearer()
    )
}

fn status(said: &str) -> &str {
    said.lines().next().unwrap_or_default()
}

#[tokio::test]
async fn a_head_that_does_not_come_ends_the_connection() {
    let served = Served::with(AccessSetup::default(), short()).await;
    let stopped = begun(&served, "GET /livez HTTP/1.1\r\nhost: loc").await;
    let silent = begun(&served, "").await;
    let drops = begun(&served, "GET /livez HTTP/1.1\r\nx: ").await;
    let said = tokio::join!(rest(stopped), rest(silent), drip(drops));
    for said in [said.0, said.1, said.2] {
        assert!(!said.contains("200 OK"), "{said}");
    }
    let whole = served.ask("GET", "/livez").send().await.unwrap();
    assert_eq!(whole.status(), 200);
}

#[tokio::test]
async fn a_body_that_does_not_come_is_answered_and_ends_the_connection() {
    let served = Served::with(AccessSetup::default(), short()).await;
    let stopped = begun(&served, &format!("{}{{\"rec", submit(1000))).await;
    let drops = begun(&served, &submit(100_000)).await;
    let (stopped, drops) = tokio::join!(rest(stopped), drip(drops));
    assert_eq!(
        status(&stopped),
        "HTTP/1.1 408 Request Timeout",
        "{stopped}"
    );
    assert!(stopped.contains("\"code\":\"timed_out\""), "{stopped}");
    assert_eq!(status(&drops), "HTTP/1.1 408 Request Timeout", "{drops}");
}

#[tokio::test]
async fn a_body_that_says_it_is_too_large_is_not_even_read() {
    let served = Served::new().await;
    let said = rest(begun(&served, &submit(17 * 1024 * 1024)).await).await;
    assert_eq!(status(&said), "HTTP/1.1 413 Payload Too Large", "{said}");
    assert!(said.contains("\"code\":\"too_large\""), "{said}");
}

#[tokio::test]
async fn a_body_that_does_not_say_how_large_it_is_is_cut_off() {
    let served = Served::new().await;
    let chunk = vec![b'a'; 1024 * 1024];
    let chunks =
        futures_util::stream::iter((0..17).map(move |_| Ok::<_, std::io::Error>(chunk.clone())));
    let request = served.ask("POST", "/api/jobs").bearer_auth(token_of("ben"));
    let request = request.header("content-type", "text/csv");
    let answer = request
        .body(reqwest::Body::wrap_stream(chunks))
        .send()
        .await;
    // The server may have ended the connection before the client had sent all of it.
    if let Ok(answer) = answer {
        assert_eq!(brief(answer).await, "413 too_large");
    }
}

#[tokio::test]
async fn a_head_without_end_is_refused() {
    let served = Served::new().await;
    let long = format!("GET /livez HTTP/1.1\r\nx: {}\r\n\r\n", "a".repeat(200_000));
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    // It may be cut off before all of it is sent.
    let _ = stream.write_all(long.as_bytes()).await;
    let said = rest(stream).await;
    assert!(!said.contains("200 OK"), "{said}");
}

#[tokio::test]
async fn more_connections_than_allowed_wait_for_one_to_end() {
    let limits = ServeLimits {
        connections: 2,
        ..ServeLimits::default()
    };
    let served = Served::with(AccessSetup::default(), limits).await;
    let probe = "GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut buffer = [0; 15];
    let mut taken = Vec::new();
    for _ in 0..2 {
        let mut stream = begun(&served, probe).await;
        stream.read_exact(&mut buffer).await.unwrap();
        assert_eq!(&buffer, b"HTTP/1.1 200 OK");
        taken.push(stream);
    }
    let mut third = begun(&served, probe).await;
    let early = timeout(Duration::from_millis(100), third.read_exact(&mut buffer)).await;
    assert!(early.is_err(), "there was no room for it");
    taken.pop();
    timeout(PATIENCE, third.read_exact(&mut buffer))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(&buffer, b"HTTP/1.1 200 OK");
}

#[tokio::test]
async fn one_address_does_not_take_all_connections() {
    let limits = ServeLimits {
        connections_per_address: 2,
        ..ServeLimits::default()
    };
    let served = Served::with(AccessSetup::default(), limits).await;
    let _taken = (begun(&served, "GET").await, begun(&served, "GET").await);
    let third = begun(&served, "").await;
    assert_eq!(rest(third).await, "");
    let elsewhere = served.ask_from([127, 0, 0, 4], "GET", "/livez");
    assert_eq!(elsewhere.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn one_caller_does_not_hold_all_connections_with_streams() {
    let served = Served::new().await;
    let stream = |name: &str| {
        let request = served.ask("GET", "/api/events");
        request.bearer_auth(token_of(name)).send()
    };
    let mut open = Vec::new();
    for _ in 0..128 {
        open.push(stream("anna").await.unwrap());
    }
    let refused = stream("anna").await.unwrap();
    assert_eq!(brief(refused).await, "429 too_many_streams");
    assert_eq!(stream("ben").await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_stop_ends_idle_connections_and_lets_answers_finish() {
    let served = Served::new().await;
    let mut idle = begun(&served, "GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    let mut buffer = [0; 15];
    idle.read_exact(&mut buffer).await.unwrap();
    served.stop().await;
    rest(idle).await;
}

#[tokio::test]
async fn whoever_asks_too_often_waits_and_others_do_not() {
    let rules = AccessSetup {
        rates: RateLimits {
            caller: Pace::per_second(1),
            stranger: Pace::per_second(1),
        },
        ..AccessSetup::default()
    };
    let served = Served::with(rules, ServeLimits::default()).await;
    let ask = |token: &str| {
        let request = served.ask("GET", "/api/jobs/stats").bearer_auth(token);
        request.send()
    };
    let anna = token_of("anna");
    for _ in 0..10 {
        assert_eq!(ask(anna).await.unwrap().status(), 200);
    }
    let limited = ask(anna).await.unwrap();
    assert_eq!(limited.headers()["retry-after"], "1");
    assert_eq!(brief(limited).await, "429 too_many_requests");
    assert_eq!(ask(token_of("ben")).await.unwrap().status(), 200);
    for _ in 0..10 {
        assert_eq!(ask("wrong").await.unwrap().status(), 401);
    }
    assert_eq!(ask("wrong").await.unwrap().status(), 429);
    let guesser = ask(token_of("ben")).await.unwrap().status();
    assert_eq!(
        guesser, 200,
        "a known caller is none of the strangers there"
    );
    let elsewhere = served.ask_from([127, 0, 0, 3], "GET", "/api/jobs");
    assert_eq!(elsewhere.send().await.unwrap().status(), 401);
    served.api.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(ask(anna).await.unwrap().status(), 200);
}
