//! What the tests share: pages, browsers, gates.

mod gate;
mod site;

use std::time::Duration;

use formhand_browser::{
    Action, ActionKind, Browser, Context, ContextOptions, Deadline, Frame, Kind, Launch,
    NETWORK_PROCESS, Page, Profile, Read, ReadWhat, Target, Typing,
};

pub(crate) use gate::TestGate;
pub(crate) use site::{Site, cutting_server};

/// All kinds, for what must hold on each.
pub(crate) const ALL: [Kind; 3] = [Kind::Chromium, Kind::HeadlessShell, Kind::StillShell];

/// A page that shows what it has stored.
pub(crate) const STORE: &str = "<p id=c></p><p id=l></p><p id=s></p><script>c.textContent = document.cookie;
    l.textContent = localStorage.getItem('k'); s.textContent = sessionStorage.getItem('k');</script>";

pub(crate) fn launch(kind: Kind) -> Launch {
    Launch {
        kind,
        executable: None,
        profile: Profile::Temporary,
        headless: true,
    }
}

pub(crate) async fn shell() -> Browser {
    launch(Kind::StillShell)
        .start()
        .await
        .expect("the shell starts")
}

/// A limit that no working test comes near.
pub(crate) fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(10))
}

/// A limit for waits that must fail.
pub(crate) fn briefly() -> Deadline {
    Deadline::after(Duration::from_millis(1500))
}

/// A browser with a page of this content open.
pub(crate) struct Opened {
    pub(crate) browser: Browser,
    pub(crate) context: Context,
    pub(crate) page: Page,
    pub(crate) site: Site,
}

impl Opened {
    pub(crate) async fn new(html: &str) -> Self {
        let site = Site::start().await;
        site.page("/", html);
        Self::at(site, ContextOptions::default()).await
    }

    /// Opens `/` of a site; its origin is added to the options.
    pub(crate) async fn at(site: Site, options: ContextOptions) -> Self {
        Self::on(shell().await, site, options).await
    }

    pub(crate) async fn on(browser: Browser, site: Site, mut options: ContextOptions) -> Self {
        options.origins.push(site.origin());
        let context = browser.context(options).await.expect("a context opens");
        let page = context.page().await.expect("a page opens");
        page.goto(&site.url("/"), soon())
            .await
            .expect("the page loads");
        Self {
            browser,
            context,
            page,
            site,
        }
    }

    pub(crate) fn main(&self) -> Frame {
        self.page.main()
    }

    pub(crate) async fn value(&self, selector: &str) -> Option<String> {
        value(&self.main(), selector).await
    }

    pub(crate) async fn text(&self, selector: &str) -> Option<String> {
        let read = Read {
            target: Target::css(selector),
            what: ReadWhat::Text,
        };
        self.main()
            .read(&[read])
            .await
            .expect("a text is read")
            .remove(0)
    }

    pub(crate) async fn end(self) {
        self.browser.close().await;
    }
}

pub(crate) async fn value(frame: &Frame, selector: &str) -> Option<String> {
    let read = Read {
        target: Target::css(selector),
        what: ReadWhat::Value,
    };
    frame
        .read(&[read])
        .await
        .expect("a value is read")
        .remove(0)
}

pub(crate) fn action(selector: &str, kind: ActionKind) -> Action {
    Action {
        target: Target::css(selector),
        kind,
        label: selector.to_owned(),
        timeout: None,
    }
}

pub(crate) fn click(selector: &str) -> Action {
    action(selector, ActionKind::Click)
}

pub(crate) fn fill(selector: &str, value: &str) -> Action {
    action(
        selector,
        ActionKind::Fill {
            value: value.to_owned(),
            keys: Typing::Paste,
        },
    )
}

pub(crate) fn type_keys(selector: &str, value: &str) -> Action {
    action(
        selector,
        ActionKind::Fill {
            value: value.to_owned(),
            keys: Typing::Keys,
        },
    )
}

pub(crate) fn check(selector: &str, on: bool) -> Action {
    action(selector, ActionKind::Check { on })
}

/// Kills the process that speaks to the network for a browser, and returns when it is dead. Chromium starts another one.
pub(crate) fn kill_network_process(browser: &Browser) {
    let of_browser = |pid: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let fields = stat.rsplit_once(')').map(|(_, fields)| fields.to_owned());
        let group = fields.and_then(|fields| fields.split_whitespace().nth(2)?.parse().ok());
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        group == Some(browser.pid()) && String::from_utf8_lossy(&line).contains(NETWORK_PROCESS)
    };
    let entries = std::fs::read_dir("/proc").expect("a folder").flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let found: Vec<u32> = pids.filter(|pid| of_browser(*pid)).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    let pid = rustix::process::Pid::from_raw(found[0].cast_signed()).expect("a process");
    let end = rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty());
    let end = end.expect("it is there");
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("it dies");
    let mut dead = [rustix::event::PollFd::new(
        &end,
        rustix::event::PollFlags::IN,
    )];
    rustix::event::poll(&mut dead, None).expect("it is dead");
}
