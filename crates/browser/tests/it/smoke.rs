//! The thin path, on both programs.

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
