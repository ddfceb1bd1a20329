//! Frames of the same and of other processes, pop-ups and dialogs.

use formhand_browser::{
    ActErrorKind, ActionKind, Condition, ContextOptions, DialogAnswer, DialogKind, DialogPolicy,
    DialogRule, Kind, Locator, Target, TextMatch, WaitError,
};

use crate::support::{
    ALL, Opened, Site, action, briefly, check, click, fill, launch, soon, type_keys, value,
};

const INNER: &str = "<input id=a><input id=k><input type=checkbox id=c><button id=b onclick=\"this.textContent='clicked'\">B</button>
    <p style='height:2000px'></p><button id=low onclick=\"this.textContent='clicked'\">L</button>
    <input id=t oninput=\"items.innerHTML='<li onclick=&quot;t.value=this.textContent;items.innerHTML=``&quot;>one</li>'\"><ul id=items></ul>";

async fn with_frame(kind: Kind, of_other_site: bool) -> Opened {
    let site = Site::start().await;
    let origin = if of_other_site {
        site.other_site()
    } else {
        site.origin()
    };
    site.page("/", &format!("<div style='height:150px'>top</div><iframe id=f src='{origin}/inner' style='width:400px;height:300px;margin:20px;padding:9px;border:7px solid'></iframe>"));
    site.page("/inner", INNER);
    let options = ContextOptions {
        origins: vec![site.other_site()],
        ..ContextOptions::default()
    };
    Opened::on(
        launch(kind).start().await.expect("it starts"),
        site,
        options,
    )
    .await
}

#[tokio::test]
async fn every_action_works_in_frames_of_the_same_and_of_another_process() {
    for (kind, other) in ALL
        .into_iter()
        .flat_map(|kind| [(kind, false), (kind, true)])
    {
        let opened = with_frame(kind, other).await;
        let frame = opened
            .page
            .frame(&opened.main(), &Target::css("#f"), soon())
            .await
            .expect("the frame is there");
        let choose = ActionKind::Choose {
            text: "o".into(),
            list: Locator::Css("#items li".into()),
            option: TextMatch::Equals("one".into()),
        };
        let actions = [
            fill("#a", "x"),
            check("#c", true),
            click("#b"),
            type_keys("#k", "keys"),
            click("#low"),
            action("#t", choose),
        ];
        let done = frame
            .act(&actions, soon())
            .await
            .unwrap_or_else(|error| panic!("{kind:?} {other}: {error} {}", error.call_log));
        assert_eq!(done[5].value.as_deref(), Some("one"));
        assert_eq!(value(&frame, "#k").await.as_deref(), Some("keys"));
        for button in ["#b", "#low"] {
            let clicked = Condition::Text {
                target: Target::css(button),
                matches: TextMatch::Equals("clicked".into()),
            };
            frame
                .first_of(&[clicked], soon())
                .await
                .expect("it was clicked");
        }
        opened.end().await;
    }
}

#[tokio::test]
async fn a_frame_is_the_same_over_navigations_and_can_be_waited_for() {
    let opened = Opened::new("<div id=box></div><script>setTimeout(() => box.innerHTML = '<iframe id=f src=/one></iframe>', 150)</script>").await;
    opened.site.page("/one", "<a id=a href=/two>next</a>");
    opened.site.page("/two", "<input id=i>");
    let frame = opened
        .page
        .frame(&opened.main(), &Target::css("#f"), soon())
        .await
        .expect("it comes");
    frame
        .act(&[click("#a"), fill("#i", "x")], soon())
        .await
        .expect("it acts on both");
    assert!(frame.url().ends_with("/two"));
    let not_a_frame = opened
        .page
        .frame(&opened.main(), &Target::css("#box"), soon())
        .await
        .expect_err("a div");
    assert!(matches!(not_a_frame.kind, ActErrorKind::Invalid { .. }));
    opened.end().await;
}

#[tokio::test]
async fn a_frame_that_is_covered_is_not_clicked_through() {
    for other in [false, true] {
        let opened = with_frame(Kind::StillShell, other).await;
        opened.site.page("/cover", "");
        let frame = opened
            .page
            .frame(&opened.main(), &Target::css("#f"), soon())
            .await
            .expect("the frame is there");
        let cover = "<div id=o style='position:fixed;inset:0' onclick='this.dataset.bad=1'></div>";
        let origin = if other {
            opened.site.other_site()
        } else {
            opened.site.origin()
        };
        opened.site.page(
            "/",
            &format!("<iframe id=f src='{origin}/inner' width=500 height=400></iframe>{cover}"),
        );
        opened
            .page
            .goto(&opened.site.url("/"), soon())
            .await
            .expect("it loads");
        let frame = opened
            .page
            .frame(&opened.main(), &Target::css("#f"), soon())
            .await
            .unwrap_or(frame);
        let error = frame
            .act(&[click("#b")], briefly())
            .await
            .expect_err("it is covered");
        assert!(
            matches!(error.kind, ActErrorKind::TimedOut { .. }),
            "{error}"
        );
        let bad = Condition::Visible(Target::css("[data-bad]"));
        assert!(
            opened.main().first_of(&[bad], briefly()).await.is_err(),
            "nothing was clicked"
        );
        opened.end().await;
    }
}

#[tokio::test]
async fn pop_ups_are_pages_of_the_context() {
    for kind in ALL {
        let site = Site::start().await;
        site.page("/", "<button id=b onclick=\"window.open('/pop')\">B</button><a id=a target=_blank href=/pop>A</a>");
        site.page(
            "/pop",
            "<input id=i><button id=close onclick='window.close()'>X</button>",
        );
        let opened = Opened::on(
            launch(kind).start().await.expect("it starts"),
            site,
            ContextOptions::default(),
        )
        .await;
        for opener in ["#b", "#a"] {
            opened
                .main()
                .act(&[click(opener)], soon())
                .await
                .expect("it is clicked");
            let pop_up = opened.context.next_page(soon()).await.expect("it opens");
            pop_up
                .main()
                .act(&[fill("#i", "x"), click("#close")], soon())
                .await
                .expect("it acts");
            pop_up.crashed().await;
        }
        let none = opened
            .context
            .next_page(briefly())
            .await
            .expect_err("no more");
        assert!(matches!(none, WaitError::TimedOut { .. }));
        opened.end().await;
    }
}

#[tokio::test]
async fn dialogs_are_answered_by_rule_and_never_hang_a_step() {
    for kind in ALL {
        let site = Site::start().await;
        site.page(
            "/",
            "<button id=b onclick=\"alert('hi'); out.textContent = confirm('Delete?') + ' ' + confirm('Save?') + ' ' + prompt('Name?')\">B</button>
             <p id=out></p><script>onbeforeunload = (event) => { event.preventDefault(); return 'stay' }</script>",
        );
        site.page("/next", "next");
        let opened = Opened::on(
            launch(kind).start().await.expect("it starts"),
            site,
            ContextOptions::default(),
        )
        .await;
        let rule = |message: &str, answer| DialogRule {
            kind: None,
            message: Some(TextMatch::Contains(message.into())),
            answer,
        };
        let rules = vec![
            rule("Save", DialogAnswer::Accept),
            rule("Name", DialogAnswer::AcceptWith("Asha".into())),
        ];
        opened.page.set_dialogs(DialogPolicy { rules });
        opened
            .main()
            .act(&[click("#b")], soon())
            .await
            .expect("it is clicked");
        assert_eq!(
            opened.text("#out").await.as_deref(),
            Some("false true Asha")
        );
        opened
            .page
            .goto(&opened.site.url("/next"), soon())
            .await
            .expect("a page that asks is left");
        let seen = opened.page.dialogs();
        assert_eq!(seen[0].message, "hi");
        assert_eq!(
            seen.last().map(|dialog| dialog.kind),
            Some(DialogKind::BeforeUnload)
        );
        opened.end().await;
    }
}
