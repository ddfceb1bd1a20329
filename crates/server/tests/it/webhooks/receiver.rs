//! A real receiver, which does with each message what it was told to, and checks signatures by itself.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

/// A server that takes messages.
#[derive(Clone)]
pub(crate) struct Receiver {
    port: u16,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    next: Mutex<VecDeque<Manner>>,
    seen: Mutex<Vec<Message>>,
    came: Notify,
}

/// What it does with a message.
#[derive(Debug, Clone)]
pub(crate) enum Manner {
    /// It takes it.
    Take,
    /// It answers this, with this line among its headers.
    Answer(u16, &'static str),
    /// It never answers.
    Hang,
    /// It closes the connection in the middle.
    Cut,
}

/// A message as it came.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Receiver {
    /// One that takes what it has not been told to treat otherwise.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state: Arc<State> = Arc::default();
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { port, state }
    }

    pub(crate) fn url(&self) -> url::Url {
        format!("http://127.0.0.1:{}/in", self.port)
            .parse()
            .unwrap()
    }

    /// What it does with the next messages.
    pub(crate) fn will(&self, manners: impl IntoIterator<Item = Manner>) {
        self.state.next.lock().unwrap().extend(manners);
    }

    /// The messages that came since this was asked.
    pub(crate) fn take(&self) -> Vec<Message> {
        std::mem::take(&mut *self.state.seen.lock().unwrap())
    }

    /// Waits until so many have come.
    pub(crate) async fn until(&self, count: usize) {
        loop {
            let came = self.state.came.notified();
            if self.state.seen.lock().unwrap().len() >= count {
                return;
            }
            came.await;
        }
    }
}

async fn serve(mut stream: TcpStream, state: Arc<State>) {
    let Some(message) = read(&mut stream).await else {
        return;
    };
    state.seen.lock().unwrap().push(message);
    let manner = state.next.lock().unwrap().pop_front();
    state.came.notify_waiters();
    let answer = match manner.unwrap_or(Manner::Take) {
        Manner::Take => answer(204, ""),
        Manner::Answer(status, header) => answer(status, header),
        Manner::Hang => return std::future::pending().await,
        Manner::Cut => "HTTP/1.1 20".to_owned(),
    };
    // Whoever is gone by now wanted no answer.
    let _ = stream.write_all(answer.as_bytes()).await;
}

fn answer(status: u16, header: &str) -> String {
    let line = if header.is_empty() {
        String::new()
    } else {
        format!("{header}\r\n")
    };
    let body = "words of the receiver, with a secret";
    format!(
        "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\nconnection: close\r\n{line}\r\n{body}",
        if status == 204 { 0 } else { body.len() }
    )
}

async fn read(stream: &mut TcpStream) -> Option<Message> {
    let mut bytes = Vec::new();
    let head = loop {
        let mut part = [0; 4096];
        let count = stream
            .read(&mut part)
            .await
            .ok()
            .filter(|count| *count > 0)?;
        bytes.extend_from_slice(&part[..count]);
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).ok()?;
    let mut lines = text.lines();
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length: usize = headers.get("content-length")?.parse().ok()?;
    let mut body = bytes[head + 4..].to_vec();
    let read = body.len();
    body.resize(length, 0);
    stream.read_exact(&mut body[read..]).await.ok()?;
    let body = String::from_utf8(body).ok()?;
    Some(Message {
        path,
        headers,
        body,
    })
}

impl Message {
    pub(crate) fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// Whether one of its signatures is made with this secret, as the specification says.
    pub(crate) fn is_signed_with(&self, secret: &str) -> bool {
        let key = secret.strip_prefix("whsec_").unwrap();
        let key = STANDARD.decode(key).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        let (id, timestamp) = (self.id(), &self.headers["webhook-timestamp"]);
        mac.update(format!("{id}.{timestamp}.{}", self.body).as_bytes());
        let signatures = self.headers["webhook-signature"].split(' ');
        let read = |signature: &str| STANDARD.decode(signature.strip_prefix("v1,")?).ok();
        signatures
            .filter_map(read)
            .any(|signature| mac.clone().verify_slice(&signature).is_ok())
    }
}
