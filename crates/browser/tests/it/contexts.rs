//! Contexts: isolated, and made to look as they should.

use formhand_browser::{ContextOptions, Kind, Launch, PageError, Profile, Rect, Sensitive};

use crate::support::{ALL, Opened, STORE, Site, action, fill, launch, soon};

#[tokio::test]
async fn contexts_do_not_see_each_other() {
    let opened =
        Opened::new("<script>document.cookie = 'a=1'; localStorage.setItem('k', 'x')</script>")
            .await;
    opened.site.page("/show", STORE);
    let options = ContextOptions {
        origins: vec![opened.site.origin()],
        ..ContextOptions::default()
    };
    let context = opened.browser.context(options).await.expect("a context");
    let page = context.page().await.expect("a page");
    page.goto(&opened.site.url("/show"), soon())
        .await
        .expect("it loads");
    let other = Opened {
        browser: opened.browser.clone(),
        context,
        page,
        site: opened.site.clone(),
    };
    assert_eq!(other.text("#c").await.as_deref(), Some(""));
    assert_eq!(other.text("#l").await.as_deref(), Some(""));
    opened.end().await;
}

#[tokio::test]
async fn locale_time_zone_and_size_are_those_of_the_context() {
    for kind in ALL {
        let site = Site::start().await;
        site.page(
            "/",
            "<p id=p></p><script>p.textContent = [navigator.language, new Intl.DateTimeFormat().resolvedOptions().locale,
             Intl.DateTimeFormat().resolvedOptions().timeZone, innerWidth, innerHeight].join(' ')</script>",
        );
        let options = ContextOptions {
            locale: Some("en-IN".into()),
            time_zone: Some("Asia/Kolkata".into()),
            viewport: (1000, 700),
            ..ContextOptions::default()
        };
        let opened = Opened::on(
            launch(kind).start().await.expect("it starts"),
            site,
            options,
        )
        .await;
        let text = opened.text("#p").await.expect("a text");
        assert!(
            text.ends_with("en-IN Asia/Calcutta 1000 700")
                || text.ends_with("en-IN Asia/Kolkata 1000 700"),
            "{text}"
        );
        let accepted = opened.site.hits("/")[0].headers["accept-language"].clone();
        assert!(
            accepted.to_str().expect("text").starts_with("en-IN"),
            "{kind:?} {accepted:?}"
        );
        opened.end().await;
    }
}

#[tokio::test]
async fn a_persistent_profile_keeps_its_cookies() {
    for kind in ALL {
        let folder = tempfile::tempdir().expect("a folder");
        let site = Site::start().await;
        site.answer(
            "/",
            200,
            &[
                ("set-cookie", "kept=1; max-age=1000"),
                ("content-type", "text/html"),
            ],
            "x",
        );
        site.page("/show", STORE);
        for round in 0..2 {
            let profile = Profile::Persistent(folder.path().join("profile"));
            let browser = Launch {
                kind,
                executable: None,
                profile,
                headless: true,
            }
            .start()
            .await
            .expect("it starts");
            let options = ContextOptions {
                origins: vec![site.origin()],
                ..ContextOptions::default()
            };
            let context = browser
                .default_context(options)
                .await
                .expect("the profile's own context");
            let page = context.page().await.expect("a page");
            page.goto(&site.url(if round == 0 { "/" } else { "/show" }), soon())
                .await
                .expect("it loads");
            context.close().await.expect("its pages close");
            assert!(browser.is_alive(), "a browser without pages lives on");
            browser.close().await;
        }
        assert!(folder.path().join("profile").is_dir());
        let hits = site.hits("/show");
        assert_eq!(
            hits[0]
                .headers
                .get("cookie")
                .map(axum::http::HeaderValue::as_bytes),
            Some(&b"kept=1"[..]),
            "{kind:?}"
        );
    }
}

#[tokio::test]
async fn a_status_and_a_failure_to_connect_are_told() {
    let opened = Opened::new("x").await;
    let missing = opened
        .page
        .goto(&opened.site.url("/missing?secret=1"), soon())
        .await
        .expect("it loads");
    assert_eq!(missing.status, 404);
    let site = Site::start().await;
    let context = ContextOptions {
        origins: vec!["http://127.0.0.1:1".into()],
        ..ContextOptions::default()
    };
    let page = opened
        .browser
        .context(context)
        .await
        .expect("a context")
        .page()
        .await
        .expect("a page");
    let error = page
        .goto("http://127.0.0.1:1/x?secret=1", soon())
        .await
        .expect_err("nobody is there");
    assert!(
        matches!(error, PageError::NotReached { .. }) && !error.to_string().contains("secret"),
        "{error}"
    );
    drop(site);
    opened.end().await;
}

#[tokio::test]
async fn downloads_are_refused() {
    let opened = Opened::new("<a id=a href=/file download>A</a>").await;
    opened.site.answer(
        "/file",
        200,
        &[
            ("content-disposition", "attachment"),
            ("content-type", "application/pdf"),
        ],
        "x",
    );
    let error = opened
        .page
        .goto(&opened.site.url("/file"), soon())
        .await
        .expect_err("no document");
    assert!(matches!(error, PageError::NotReached { .. }), "{error}");
    opened.end().await;
}

#[tokio::test]
async fn a_picture_comes_with_the_places_of_personal_data() {
    for kind in ALL {
        let site = Site::start().await;
        let other = site.other_site();
        site.page(
            "/",
            &format!(
                "<style>*{{margin:0}}</style><div style='height:50px'>For Asha <b>Rao</b></div><input id=a style='position:absolute;left:10px;top:60px;width:100px;height:20px'>
                 <input id=empty><select id=s><option value=1>one</option></select>
                 <iframe src='{other}/inner' style='position:absolute;left:200px;top:300px;border:0;width:300px;height:100px'></iframe>"
            ),
        );
        site.page("/inner", "<style>*{margin:0}</style><input value=secret style='position:absolute;left:5px;top:6px;width:70px;height:20px'>");
        let options = ContextOptions {
            origins: vec![other],
            viewport: (800, 600),
            ..ContextOptions::default()
        };
        let opened = Opened::on(
            launch(kind).start().await.expect("it starts"),
            site,
            options,
        )
        .await;
        let frame = opened
            .page
            .frame(
                &opened.main(),
                &formhand_browser::Target::css("iframe"),
                soon(),
            )
            .await
            .expect("a frame");
        frame
            .act(
                &[action("input", formhand_browser::ActionKind::Hover)],
                soon(),
            )
            .await
            .expect("it is loaded");
        opened
            .main()
            .act(&[fill("#a", "x")], soon())
            .await
            .expect("it acts");
        let picture = opened
            .page
            .screenshot(&Sensitive {
                values: vec!["asha  rao".into()],
            })
            .await
            .expect("a picture");
        let image = image::load_from_memory(&picture.png).expect("a PNG");
        assert_eq!((image.width(), image.height()), (800, 600));
        let has = |x: f64, y: f64| {
            let near = |mask: &Rect| (mask.x - x).abs() < 4.0 && (mask.y - y).abs() < 4.0;
            picture.masks.iter().any(near)
        };
        assert!(has(10.0, 60.0), "the filled field: {:?}", picture.masks);
        assert!(
            has(205.0, 306.0),
            "the field in the frame: {:?}",
            picture.masks
        );
        assert!(
            has(0.0, 0.0),
            "the name that is spread over two elements: {:?}",
            picture.masks
        );
        assert_eq!(picture.masks.len(), 4, "{:?}", picture.masks);
        opened.end().await;
    }
}

#[tokio::test]
async fn both_programs_are_found() {
    for kind in [Kind::Chromium, Kind::HeadlessShell] {
        assert!(kind.find().expect("it is installed").is_file());
    }
}
