//! The pages can be used by everybody: axe finds nothing, by day and by night, on a desk and on a phone.

use formhand_practice::{Fault, FaultName};
use formhand_testkit::{chassis, repository};
use serde_json::{Value, json};

use super::desk::Desk;
use crate::{
    crash::support::{Scene, SceneOptions},
    webhooks::{Manner, Receiver},
};

const PAGES: [&str; 13] = [
    "/",
    "/jobs",
    "/sessions",
    "/sessions/practice/main",
    "/questions",
    "/alerts",
    "/webhooks",
    "/analytics",
    "/audit",
    "/servers",
    "/intake",
    "/api/docs",
    "/api/docs?q=silence",
];

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_any_page() {
    let receiver = Receiver::start().await;
    receiver.will([Manner::Answer(503, "")]);
    let scene = Scene::new(SceneOptions {
        more: format!(
            "[[webhooks]]\nname = \"crm\"\nurl = \"{}\"\nsecret_file = \"hook\"\n",
            receiver.url()
        ),
        faults: vec![Fault::new(FaultName::SaveRefused).chassis(chassis(2))],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let jobs = [server.submit(1).await, server.submit(2).await];
    for job in &jobs {
        server.end_of(job).await;
    }
    receiver.until(2).await;
    let of_jobs = jobs.iter().map(|job| format!("/jobs/{job}"));
    let pages: Vec<String> = PAGES
        .map(ToOwned::to_owned)
        .into_iter()
        .chain(of_jobs)
        .collect();
    let axe = axe();
    for viewport in [(1366, 900), (390, 844)] {
        let desk = Desk::of(&server, viewport).await;
        for colours in ["light", "dark"] {
            let media = json!({"features": [{"name": "prefers-color-scheme", "value": colours}]});
            desk.call("Emulation.setEmulatedMedia", media).await;
            for page in &pages {
                desk.open(page).await;
                desk.evaluate(&axe).await;
                let found = desk.evaluate(RUN).await;
                assert_eq!(found, json!([]), "{page}, {viewport:?}, {colours}");
                let wide = desk.evaluate(OVERFLOW).await;
                assert_eq!(wide, Value::Null, "{page} is wider than {viewport:?}");
                let top = desk.evaluate(TOP_HEIGHT).await;
                assert!(top.as_f64() < Some(64.0), "{page}, {viewport:?}: {top}");
            }
            unfolds(&desk, viewport).await;
        }
        desk.leave().await;
    }
    assert_eq!(server.stop().await, Some(0));
}

/// On a phone the parts unfold from the name of the one that is shown, by the keyboard alone; on a desk they stand there.
async fn unfolds(desk: &Desk, viewport: (u32, u32)) {
    desk.open("/analytics").await;
    let shown = desk.evaluate(PARTS_SHOWN).await;
    if viewport.0 > 700 {
        assert_eq!(shown, json!(11));
        return;
    }
    assert_eq!(shown, json!(0));
    desk.sees(".parts > summary", "Analytics").await;
    desk.evaluate("document.querySelector('.parts > summary').focus()")
        .await;
    for kind in ["keyDown", "keyUp"] {
        let key = json!({"type": kind, "key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13});
        desk.call("Input.dispatchKeyEvent", key).await;
    }
    desk.sees_element(".parts a[aria-current]").await;
    assert_eq!(desk.evaluate(PARTS_SHOWN).await, json!(11));
    finds_nothing(desk).await;
    desk.click(".parts a[href='/audit']").await;
    desk.sees("h1", "Audit").await;
}

/// How many links to parts can be seen.
const PARTS_SHOWN: &str =
    "[...document.querySelectorAll('.top nav a')].filter((link) => link.checkVisibility()).length";

const TOP_HEIGHT: &str = "document.querySelector('.top').getBoundingClientRect().height";

/// Axe finds nothing on the page that is shown, and nothing sticks out of it.
pub(super) async fn finds_nothing(desk: &Desk) {
    desk.evaluate(&axe()).await;
    assert_eq!(desk.evaluate(RUN).await, json!([]), "{}", desk.path());
    assert_eq!(
        desk.evaluate(OVERFLOW).await,
        Value::Null,
        "{}",
        desk.path()
    );
}

const RUN: &str = "axe.run().then((result) => result.violations.map((found) =>
    `${found.id} (${found.impact}): ${found.nodes.map((node) => node.html).join(' | ')}`))";

/// What sticks out of the page, if the page can be moved sideways.
const OVERFLOW: &str = "document.documentElement.scrollWidth <= innerWidth ? null
    : [...document.querySelectorAll('body *')].filter((node) => node.getBoundingClientRect().right > innerWidth)
        .map((node) => node.outerHTML.slice(0, 120)).slice(0, 5)";

/// The checker, which the set-up of the tests has brought.
fn axe() -> String {
    let tools = std::env::var_os("FORMHAND_TOOLS")
        .map_or_else(|| repository().join("target/tools"), Into::into);
    let script = tools.join("axe/axe_playwright_python/axe.min.js");
    std::fs::read_to_string(&script)
        .unwrap_or_else(|error| panic!("{}: {error}; scripts/axe brings it", script.display()))
}
