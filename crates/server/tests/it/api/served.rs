//! The API as it is served: over TCP, to a client that does nothing by itself.

use std::{net::SocketAddr, time::Duration};

use formhand_server::{
    access::AccessSetup,
    http::{ServeLimits, serve},
};
use reqwest::{Client, Method, RequestBuilder, Response, redirect::Policy};
use tokio::{net::TcpListener, task::JoinHandle};

use super::{callers::token_of, support::Api};

/// Longer than anything here takes; a test that waits so long has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A server.
pub(crate) struct Served {
    pub(crate) api: Api,
    pub(crate) address: SocketAddr,
    client: Client,
    serving: JoinHandle<()>,
}

impl Served {
    pub(crate) async fn new() -> Self {
        Self::with(AccessSetup::default(), ServeLimits::default()).await
    }

    pub(crate) async fn with(rules: AccessSetup, limits: ServeLimits) -> Self {
        Self::of(Api::ruled(rules, limits), limits).await
    }

    pub(crate) async fn of(api: Api, limits: ServeLimits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(serve(listener, api.router(), limits, api.stop.clone()));
        Self {
            api,
            address,
            client: client(None),
            serving,
        }
    }

    /// A request of nobody.
    pub(crate) fn ask(&self, method: &str, path: &str) -> RequestBuilder {
        self.ask_with(&self.client, method, path)
    }

    /// A request of nobody, from another address of this machine.
    pub(crate) fn ask_from(&self, address: [u8; 4], method: &str, path: &str) -> RequestBuilder {
        self.ask_with(&client(Some(address)), method, path)
    }

    fn ask_with(&self, client: &Client, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let url = format!("http://{}{path}", self.address);
        client.request(method, url).timeout(PATIENCE)
    }

    /// This server, as a browser names it.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What the login form sends.
    pub(crate) fn login(&self, token: &str, next: &str) -> RequestBuilder {
        let form = [("token", token), ("next", next)];
        let request = self.ask("POST", "/login").form(&form);
        request.header("origin", self.origin())
    }

    /// Logs in, and gives the cookie as a browser sends it.
    pub(crate) async fn cookie_of(&self, name: &str) -> String {
        let answer = self.login(token_of(name), "/").send().await.unwrap();
        assert_eq!(answer.status(), 303);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// What pages of this login send with what changes something.
    pub(crate) fn csrf_of(&self, cookie: &str) -> String {
        let (_, id) = cookie.split_once('=').unwrap();
        let now = formhand_domain::Clock::now(&self.api.clock);
        let caller = self.api.access.sessions().find(id, now).unwrap();
        caller.csrf().unwrap().to_owned()
    }

    /// Stops it, and waits until every connection has ended.
    pub(crate) async fn stop(self) {
        self.api.stop.cancel();
        tokio::time::timeout(PATIENCE, self.serving)
            .await
            .unwrap()
            .unwrap();
    }
}

fn client(from: Option<[u8; 4]>) -> Client {
    Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .local_address(from.map(Into::into))
        .build()
        .unwrap()
}

/// The status, and what kind of problem it is, on a line.
pub(crate) async fn brief(answer: Response) -> String {
    let status = answer.status().as_u16();
    match answer.json::<serde_json::Value>().await {
        Ok(problem) if problem["code"].is_string() => {
            format!("{status} {}", problem["code"].as_str().unwrap())
        }
        _ => status.to_string(),
    }
}
