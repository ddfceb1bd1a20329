//! Cookies by themselves: read, and put into another context.

use formhand_browser::{Browser, Context, ContextOptions, Cookie};

use crate::support::{Site, shell, soon};

async fn context(browser: &Browser, site: &Site) -> Context {
    let options = ContextOptions {
        origins: vec![site.origin(), site.other_site()],
        ..ContextOptions::default()
    };
    browser.context(options).await.expect("a context opens")
}

async fn visit(context: &Context, site: &Site) {
    let page = context.page().await.expect("a page opens");
    page.goto(&site.url("/"), soon()).await.expect("it loads");
}

fn sent(site: &Site, path: &str, at: usize) -> String {
    let cookie = site.hits(path)[at].headers.get("cookie").cloned();
    cookie.map_or(String::new(), |text| {
        text.to_str().expect("text").to_owned()
    })
}

#[tokio::test]
async fn cookies_are_handed_from_one_context_to_another() {
    let (browser, site) = (shell().await, Site::start().await);
    let inner = format!("<iframe src='{}/inner'></iframe>", site.other_site());
    let session = ("set-cookie", "session=s1; HttpOnly");
    let html = ("content-type", "text/html");
    site.answer("/", 200, &[html, session], &inner);
    // A login in a frame of another site, which Chromium keeps apart for this one.
    let apart = "apart=a1; Secure; Path=/; SameSite=None; Partitioned; HttpOnly";
    site.answer("/inner", 200, &[html, ("set-cookie", apart)], "x");
    let first = context(&browser, &site).await;
    visit(&first, &site).await;
    site.arrived("/inner", 1).await;
    let cookies = until_two(&first).await;

    let second = context(&browser, &site).await;
    let own = Cookie {
        value: "o1".to_owned(),
        name: "own".to_owned(),
        ..cookies[0].clone()
    };
    second.set_cookies(&[own]).await.expect("it is put in");
    second.set_cookies(&cookies).await.expect("they are put in");
    second.set_cookies(&[]).await.expect("none is fine");
    visit(&second, &site).await;
    site.arrived("/inner", 2).await;
    assert_eq!(sent(&site, "/", 0), "");
    assert_eq!(sent(&site, "/", 1), "own=o1; session=s1");
    assert_eq!(sent(&site, "/inner", 1), "apart=a1");
    browser.close().await;
}

/// The answer of the frame comes after its request.
async fn until_two(context: &Context) -> Vec<Cookie> {
    let reading = async {
        loop {
            let mut cookies = context.cookies().await.expect("they are read");
            if cookies.len() == 2 {
                cookies.sort_by(|one, other| other.name.cmp(&one.name));
                return cookies;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), reading)
        .await
        .expect("both are there")
}
