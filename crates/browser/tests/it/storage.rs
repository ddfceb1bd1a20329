//! Storage: taken from one context and put into another.

use std::time::Duration;

use formhand_browser::{BrowserError, ContextOptions, OriginStorage, StorageState};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::support::{ALL, Opened, STORE, Site, launch, shell, soon};

#[tokio::test]
async fn a_storage_state_makes_a_clone_of_a_session() {
    for kind in ALL {
        let site = Site::start().await;
        site.answer(
            "/",
            200,
            &[("content-type", "text/html"), ("set-cookie", "session=s1; HttpOnly")],
            "<script>document.cookie = 'seen=1; max-age=1000'; localStorage.setItem('k', 'l\"<\\/script>');
             sessionStorage.setItem('k', 'mine')</script>",
        );
        site.page("/show", STORE);
        let browser = launch(kind).start().await.expect("it starts");
        let opened = Opened::on(browser, site, ContextOptions::default()).await;
        let state = opened
            .context
            .storage_state(&[opened.site.origin()])
            .await
            .expect("it is read");
        // On its way through a store.
        let state: StorageState =
            serde_json::from_str(&serde_json::to_string(&state).expect("it is written"))
                .expect("read");
        assert_eq!(format!("{state:?}"), "StorageState(2 cookies, 1 origins)");
        opened.context.close().await.expect("the first one closes");

        let options = ContextOptions {
            storage: Some(state.clone()),
            origins: vec![opened.site.origin()],
            ..ContextOptions::default()
        };
        let clone = opened.browser.context(options).await.expect("a clone");
        for _ in 0..2 {
            let page = clone.page().await.expect("a page");
            assert_eq!(
                page.url(),
                format!("{}/.formhand-blank", opened.site.origin())
            );
            page.goto(&opened.site.url("/show"), soon())
                .await
                .expect("it loads");
            let shown = Opened {
                browser: opened.browser.clone(),
                context: clone.clone(),
                page,
                site: opened.site.clone(),
            };
            assert_eq!(shown.text("#c").await.as_deref(), Some("seen=1"));
            assert_eq!(shown.text("#l").await.as_deref(), Some("l\"</script>"));
            assert_eq!(shown.text("#s").await.as_deref(), Some("mine"));
        }
        let cookies = opened.site.hits("/show")[0].headers["cookie"]
            .to_str()
            .expect("text")
            .to_owned();
        assert!(
            cookies.contains("session=s1") && cookies.contains("seen=1"),
            "{cookies}"
        );
        assert_eq!(
            opened.site.hits("/.formhand-blank").len(),
            0,
            "no server sees how it is done"
        );
        let again = clone
            .storage_state(&[opened.site.origin(), opened.site.other_site()])
            .await;
        assert!(
            again.is_err(),
            "the storage of an origin that is not declared cannot be read"
        );
        opened.end().await;
    }
}

#[tokio::test]
async fn storage_is_read_without_a_page_of_the_origin() {
    let browser = shell().await;
    let site = Site::start().await;
    let stored = OriginStorage {
        origin: site.origin(),
        local_storage: vec![("a".into(), "1".into())],
        session_storage: vec![],
        indexed_db: vec![],
    };
    let storage = StorageState {
        cookies: vec![],
        origins: vec![stored.clone()],
    };
    let options = ContextOptions {
        storage: Some(storage),
        origins: vec![site.origin()],
        ..ContextOptions::default()
    };
    let context = browser.context(options).await.expect("a context");
    context.page().await.expect("a page");
    let state = context
        .storage_state(&[site.origin()])
        .await
        .expect("it is read");
    assert_eq!(state.origins, [stored]);
    browser.close().await;
}

#[tokio::test]
async fn a_context_that_was_made_without_storage_is_given_it_once() {
    for kind in ALL {
        let site = Site::start().await;
        site.page("/", STORE);
        let browser = launch(kind).start().await.expect("it starts");
        let options = ContextOptions {
            origins: vec![site.origin()],
            ..ContextOptions::default()
        };
        let context = browser.context(options).await.expect("a context");
        let page = context.page().await.expect("a page");
        page.rest_at(&site.origin()).await.expect("it rests");
        let state = StorageState {
            cookies: vec![],
            origins: vec![OriginStorage {
                origin: site.origin(),
                local_storage: vec![("k".into(), "local".into())],
                session_storage: vec![("k".into(), "session".into())],
                indexed_db: vec![],
            }],
        };
        let given = context.adopt(state.clone(), &page).await;
        given.expect("it is given");
        page.goto(&site.url("/"), soon()).await.expect("it loads");
        let again = context.adopt(state, &page).await;
        assert!(matches!(again, Err(BrowserError::HasStorage)), "{again:?}");
        let shown = Opened {
            browser,
            context,
            page,
            site,
        };
        assert_eq!(shown.text("#l").await.as_deref(), Some("local"));
        assert_eq!(shown.text("#s").await.as_deref(), Some("session"));
        assert_eq!(shown.site.hits("/.formhand-blank").len(), 0);
        shown.end().await;
    }
}

#[tokio::test]
async fn storage_is_taken_when_the_scripts_of_the_page_have_run() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let slow = tokio::spawn(async move {
        let (mut asked, _) = listener.accept().await.expect("the script is asked for");
        let _ = asked.read(&mut [0; 4096]).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        let script = "sessionStorage.setItem('k', 'late')";
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/javascript\r\ncontent-length: {}\r\n\r\n{script}",
            script.len()
        );
        let _ = asked.write_all(answer.as_bytes()).await;
    });
    let html = format!("<script defer src=http://127.0.0.1:{port}/slow.js></script>");
    let opened = Opened::new(&html).await;
    let state = opened.context.storage_state(&[opened.site.origin()]).await;
    let state = state.expect("it is read");
    assert_eq!(
        state.origins[0].session_storage,
        [("k".to_owned(), "late".to_owned())]
    );
    slow.await.expect("it answers");
    opened.end().await;
}
