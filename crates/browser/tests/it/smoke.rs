//! The thin path, on both programs.

use std::time::Duration;

use formhand_browser::ContextOptions;

use crate::support::{ALL, Opened, Site, TestGate, click, fill, launch, soon};

#[tokio::test]
async fn a_form_is_filled_and_filed_once() {
    for kind in ALL {
        let site = Site::start().await;
        site.page("/", "<form method=post action=/save><input id=name name=name><button id=save>Save</button></form>");
        site.page("/save", "<p id=number>P-1</p>");
        let gate = TestGate::passing(1);
        let options = ContextOptions {
            gate: Some(gate.options("/save")),
            ..ContextOptions::default()
        };
        let browser = launch(kind).start().await.expect("it starts");
        let opened = Opened::on(browser, site, options).await;

        let done = opened
            .main()
            .act(&[fill("#name", "Asha"), click("#save")], soon())
            .await
            .expect("it acts");
        assert_eq!(done[0].value.as_deref(), Some("Asha"));
        opened.site.arrived("/save", 1).await;
        gate.until(|gate| gate.answers().len() == 1).await;
        assert_eq!(opened.site.hits("/save")[0].body, b"name=Asha");
        assert!(gate.answers()[0].body.ends_with(b"P-1</p>"));
        opened.context.close().await.expect("it closes");
        opened.end().await;
    }
}

#[tokio::test]
async fn a_page_can_be_closed_while_it_loads() {
    for kind in ALL {
        let site = Site::start().await;
        site.page("/next", "<p>next</p>");
        let browser = launch(kind).start().await.expect("it starts");
        let opened = Opened::on(browser, site, ContextOptions::default()).await;
        // Somewhere in these milliseconds the one document takes the other's place.
        for wait in 5..25 {
            let page = opened.context.page().await.expect("a page");
            let url = opened.site.url("/next");
            let leaving = async {
                tokio::time::sleep(Duration::from_millis(wait)).await;
                tokio::time::timeout(Duration::from_secs(5), page.close()).await
            };
            let (_, closed) = tokio::join!(page.goto(&url, soon()), leaving);
            assert!(closed.is_ok() && page.is_closed(), "{kind:?}, {wait} ms");
        }
        opened.end().await;
    }
}
