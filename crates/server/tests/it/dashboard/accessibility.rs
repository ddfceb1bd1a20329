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
            }
        }
        desk.leave().await;
    }
    assert_eq!(server.stop().await, Some(0));
}

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
