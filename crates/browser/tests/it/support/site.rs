//! A small web server whose pages a test writes, and which says what arrived.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use futures_util::StreamExt as _;
use tokio::sync::watch;

/// A request that arrived.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
    pub(crate) headers: HeaderMap,
}

#[derive(Clone)]
struct Page {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

#[derive(Default)]
struct Shared {
    pages: Mutex<HashMap<String, Page>>,
    hits: Mutex<Vec<Hit>>,
    changed: watch::Sender<u64>,
}

#[derive(Clone)]
pub(crate) struct Site {
    shared: Arc<Shared>,
    port: u16,
}

impl Site {
    pub(crate) async fn start() -> Self {
        let shared = Arc::new(Shared::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { shared, port }
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The same server under another host name: another site for Chromium, so frames of it get another process.
    pub(crate) fn other_site(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    pub(crate) fn page(&self, path: &str, html: &str) {
        self.answer(
            path,
            200,
            &[("content-type", "text/html; charset=utf-8")],
            html,
        );
    }

    pub(crate) fn script(&self, path: &str, script: &str) {
        self.answer(path, 200, &[("content-type", "text/javascript")], script);
    }

    pub(crate) fn answer(
        &self,
        path: &str,
        status: u16,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) {
        let headers = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let page = Page {
            status,
            headers,
            body: body.as_ref().to_vec(),
        };
        self.shared
            .pages
            .lock()
            .expect("not poisoned")
            .insert(path.to_owned(), page);
    }

    /// What arrived at a path.
    pub(crate) fn hits(&self, path: &str) -> Vec<Hit> {
        self.shared
            .hits
            .lock()
            .expect("not poisoned")
            .iter()
            .filter(|hit| hit.path == path)
            .cloned()
            .collect()
    }

    /// Waits until so many requests have arrived at a path.
    pub(crate) async fn arrived(&self, path: &str, count: usize) {
        let mut changed = self.shared.changed.subscribe();
        let waiting = async {
            while self.hits(path).len() < count {
                changed.changed().await.expect("the site lives");
            }
        };
        tokio::time::timeout(Duration::from_secs(10), waiting)
            .await
            .expect("the requests arrive");
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path().to_owned();
    let hit = Hit {
        path: path.clone(),
        body: body.to_vec(),
        headers,
    };
    shared.hits.lock().expect("not poisoned").push(hit);
    shared.changed.send_modify(|version| *version += 1);
    if path.starts_with("/held") {
        // Never answered.
        std::future::pending::<()>().await;
    }
    if path.starts_with("/stalls") || path.starts_with("/breaks") {
        return unfinished(path.starts_with("/breaks"));
    }
    let page = shared
        .pages
        .lock()
        .expect("not poisoned")
        .get(&path)
        .cloned();
    let Some(page) = page else {
        return Response::builder()
            .status(StatusCode::NOT_FOUND)
            .body(Body::from("nothing here"))
            .expect("a response");
    };
    let mut response = Response::builder().status(page.status);
    for (name, value) in page.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(page.body)).expect("a response")
}

/// A file of which half comes (enough for Chromium to begin with), and then nothing or the end of the connection.
fn unfinished(breaks: bool) -> Response {
    let half = futures_util::stream::iter([Ok(Bytes::from_static(&[b'x'; 4096]))]);
    let rest = futures_util::stream::once(async move {
        if !breaks {
            std::future::pending::<()>().await;
        }
        // What has come so far is sent while the rest is waited for.
        tokio::task::yield_now().await;
        Err(std::io::Error::other("the connection breaks on purpose"))
    });
    Response::builder()
        .header("content-type", "application/pdf")
        .header("content-disposition", "attachment; filename=half.pdf")
        .header("content-length", "8192")
        .body(Body::from_stream(half.chain(rest)))
        .expect("a response")
}

/// A server that reads a request and cuts the connection. Says how many it read.
pub(crate) async fn cutting_server() -> (u16, watch::Receiver<usize>) {
    use tokio::io::AsyncReadExt as _;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port is free");
    let port = listener.local_addr().expect("it has an address").port();
    let (count, counted) = watch::channel(0);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = [0; 4096];
            if stream
                .read(&mut head)
                .await
                .is_ok_and(|length| head[..length].starts_with(b"POST /cut"))
            {
                count.send_modify(|count| *count += 1);
            }
        }
    });
    (port, counted)
}
