//! A person at a browser. What goes wrong in the pages is noted, and no test ends well with it.

use std::{sync::Arc, time::Duration};

use formhand_browser::{
    Action, ActionKind, Browser, Condition, Context, ContextOptions, Deadline, Frame, Kind, Launch,
    Page, Profile, Target, TextMatch, Typing,
};
use serde_json::{Value, json};

use crate::crash::support::Server;

/// Notes what a person would find in the browser's console: errors of scripts, and what could not be loaded or is
/// against the page's own policy. It outlives the documents, which come and go.
const NOTE: &str = r#"
    const note = (what) => {
      const noted = JSON.parse(sessionStorage.getItem("troubles") ?? "[]");
      sessionStorage.setItem("troubles", JSON.stringify([...noted, `${location.pathname}: ${what}`]));
    };
    addEventListener("error", (event) => {
      note(event.message ?? `${event.target.src ?? event.target.href} was not loaded`);
    }, true);
    addEventListener("unhandledrejection", (event) => note(event.reason));
    addEventListener("securitypolicyviolation", (event) => note(`${event.violatedDirective} ${event.blockedURI}`));
    const told = console.error;
    console.error = (...what) => { note(what.join(" ")); told(...what); };
"#;

/// A person who has logged in.
pub(super) struct Desk {
    browser: Browser,
    _context: Context,
    page: Page,
    address: String,
    /// The tests' own line to the page, beside the one that acts.
    line: Arc<str>,
}

impl Desk {
    /// Opens a browser, and logs in.
    pub(super) async fn at(server: &Server) -> Self {
        Self::of(server, (1366, 900)).await
    }

    /// The same with pages of this size.
    pub(super) async fn of(server: &Server, viewport: (u32, u32)) -> Self {
        let browser = launch().start().await.expect("a browser starts");
        let options = ContextOptions {
            origins: vec![server.api.address.clone()],
            viewport,
            ..ContextOptions::default()
        };
        let context = browser.context(options).await.expect("a context opens");
        let page = context.page().await.expect("a page opens");
        let line = attach(&browser).await;
        let desk = Self {
            browser,
            _context: context,
            page,
            address: server.api.address.clone(),
            line,
        };
        desk.call("Page.enable", json!({})).await;
        desk.call(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({"source": NOTE}),
        )
        .await;
        desk.open("/").await;
        desk.fill("#token", server.api.token).await;
        desk.click("main form button").await;
        desk.sees("h1", "Overview").await;
        desk
    }

    /// Opens a page by its address.
    pub(super) async fn open(&self, path: &str) {
        let url = format!("{}{path}", self.address);
        self.page.goto(&url, soon()).await.expect("the page loads");
    }

    /// Where it is.
    pub(super) fn path(&self) -> String {
        self.page.url().replacen(&self.address, "", 1)
    }

    /// Waits until an element shows this among its text.
    pub(super) async fn sees(&self, selector: &str, text: &str) {
        let seen = Condition::Text {
            target: Target::css(selector),
            matches: TextMatch::Contains(text.to_owned()),
        };
        self.wait(seen).await;
    }

    /// Waits until an element is shown.
    pub(super) async fn sees_element(&self, selector: &str) {
        self.wait(Condition::Visible(Target::css(selector))).await;
    }

    async fn wait(&self, condition: Condition) {
        if let Err(error) = self.main().first_of(&[condition], soon()).await {
            let shown = self.evaluate("document.body.innerText").await;
            panic!(
                "{error}\n{}:\n{}",
                self.path(),
                shown.as_str().unwrap_or_default()
            );
        }
    }

    pub(super) async fn click(&self, selector: &str) {
        self.act(selector, ActionKind::Click).await;
    }

    pub(super) async fn fill(&self, selector: &str, value: &str) {
        let value = value.to_owned();
        let keys = Typing::Paste;
        self.act(selector, ActionKind::Fill { value, keys }).await;
    }

    async fn act(&self, selector: &str, kind: ActionKind) {
        let action = Action {
            target: Target::css(selector),
            kind,
            label: selector.to_owned(),
            timeout: None,
        };
        self.main().act(&[action], soon()).await.expect("it acts");
    }

    /// The picture that an element shows.
    pub(super) async fn picture(&self, selector: &str) -> Vec<u8> {
        let target = Target::css(selector);
        self.main().image(&target, soon()).await.expect("a picture")
    }

    /// What a script comes to, once it has come to it.
    pub(super) async fn evaluate(&self, script: &str) -> Value {
        let asked = json!({"expression": script, "awaitPromise": true, "returnByValue": true});
        let mut answer = self.call("Runtime.evaluate", asked).await;
        assert_eq!(answer.get("exceptionDetails"), None, "{answer}");
        answer["result"]["value"].take()
    }

    pub(super) async fn call(&self, method: &'static str, params: Value) -> Value {
        let called = self
            .browser
            .connection()
            .call(Some(&self.line), method, params);
        called.await.expect("the browser answers")
    }

    /// Goes home. Nothing went wrong in any of the pages.
    pub(super) async fn leave(self) {
        let troubles = self.evaluate("sessionStorage.getItem('troubles')").await;
        assert_eq!(troubles, Value::Null, "in the pages");
        self.browser.close().await;
    }

    fn main(&self) -> Frame {
        self.page.main()
    }
}

fn launch() -> Launch {
    Launch {
        kind: Kind::HeadlessShell,
        executable: None,
        profile: Profile::Temporary,
        headless: true,
    }
}

/// A second line to the only page there is.
async fn attach(browser: &Browser) -> Arc<str> {
    let call = |method, params| async move {
        let answer = browser.connection().call(None, method, params).await;
        answer.expect("the browser answers")
    };
    let targets = call("Target.getTargets", json!({})).await;
    let mut pages = targets["targetInfos"].as_array().expect("targets").iter();
    let page = pages
        .rfind(|target| target["type"] == "page")
        .expect("a page");
    let asked = json!({"targetId": page["targetId"], "flatten": true});
    let attached = call("Target.attachToTarget", asked).await;
    attached["sessionId"].as_str().expect("a session").into()
}

/// No page takes that long.
fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(30))
}
