//! A visitor that speaks HTTP as the portal's own scripts do.

use formhand_practice::{Options, Practice, start};
use reqwest::header::{COOKIE, HeaderValue, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

pub(crate) const NAME: &str = "practice.broker";
pub(crate) const PASSWORD: &str = "not-a-real-password";

/// Without delays, with a seed and a fixed day.
pub(crate) fn options() -> Options {
    let today = Some("2026-03-15".parse().unwrap());
    Options {
        delays: 0.0,
        seed: Some(7),
        today,
        ..Options::default()
    }
}

pub(crate) async fn portal() -> Practice {
    start(options()).await.unwrap()
}

pub(crate) struct Visitor {
    pub(crate) client: Client,
    pub(crate) url: String,
}

impl Visitor {
    pub(crate) fn new(portal: &Practice) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(Policy::none())
            .build()
            .unwrap();
        Self {
            client,
            url: portal.url().to_owned(),
        }
    }

    pub(crate) async fn logged_in(portal: &Practice) -> Self {
        let visitor = Self::new(portal);
        let answer = visitor.log_in(portal, NAME, PASSWORD).await;
        assert_eq!(answer.status(), StatusCode::FOUND);
        visitor
    }

    /// Someone who shows these cookies, whatever the portal sets.
    pub(crate) fn with_cookies(portal: &Practice, cookies: &str) -> Self {
        let headers = [(COOKIE, HeaderValue::from_str(cookies).unwrap())];
        let client = Client::builder()
            .default_headers(headers.into_iter().collect())
            .redirect(Policy::none())
            .build()
            .unwrap();
        Self {
            client,
            url: portal.url().to_owned(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.client
            .get(format!("{}{path}", self.url))
            .send()
            .await
            .unwrap()
    }

    pub(crate) async fn page(&self, path: &str) -> String {
        self.get(path).await.text().await.unwrap()
    }

    /// The id of a fresh captcha.
    pub(crate) async fn captcha_id(&self) -> String {
        let page = self.page("/Login/IMDLogin").await;
        after(
            &page,
            "id=\"CaptchaDeText\" name=\"CaptchaDeText\" value=\"",
        )
    }

    pub(crate) async fn log_in(&self, portal: &Practice, name: &str, password: &str) -> Response {
        let id = self.captcha_id().await;
        let text = portal.captcha_answer(&id).unwrap();
        self.send_login(name, password, &id, &text).await
    }

    pub(crate) async fn send_login(
        &self,
        name: &str,
        password: &str,
        id: &str,
        text: &str,
    ) -> Response {
        let form = [
            ("UserName", name),
            ("Password", password),
            ("CaptchaDeText", id),
            ("CaptchaInputText", text),
        ];
        self.client
            .post(format!("{}/Login/IMDLogin", self.url))
            .form(&form)
            .send()
            .await
            .unwrap()
    }

    /// A call as the page's script makes it.
    pub(crate) fn call(&self, path: &str, form: &[(&str, &str)]) -> reqwest::RequestBuilder {
        let request = self.client.post(format!("{}{path}", self.url));
        request
            .header("x-requested-with", "XMLHttpRequest")
            .form(form)
    }

    pub(crate) fn save(&self, chassis: &str) -> reqwest::RequestBuilder {
        self.call(
            "/Motor/SaveMotorIMD",
            &[
                ("ChasisNumberVehicle", chassis),
                ("EngineNumberVehicle", "E1"),
                ("hdnNetPremium", "5000"),
                ("ModifiedIDV", "70000"),
            ],
        )
    }
}

/// The cookies that an answer sets, with what is said of them.
pub(crate) fn cookies_of(answer: &Response) -> Vec<String> {
    let set = answer.headers().get_all(SET_COOKIE).into_iter();
    set.map(|cookie| cookie.to_str().unwrap().to_owned())
        .collect()
}

/// Of a cookie that is set, name and value as they are shown to the portal.
pub(crate) fn shown(set: &str) -> &str {
    set.split(';').next().unwrap()
}

/// The text between a mark and the next quote.
pub(crate) fn after(page: &str, mark: &str) -> String {
    let (_, rest) = page
        .split_once(mark)
        .unwrap_or_else(|| panic!("no `{mark}` in {page}"));
    rest.split('"').next().unwrap().to_owned()
}
