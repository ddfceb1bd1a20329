//! Every act waits for its element, every wait for its condition, and a time-out says what was waited for.

use formhand_browser::{
    ActErrorKind, Condition, Target, TextMatch, UrlGlob, ValueMatch, WaitError,
};

use crate::support::{Opened, briefly, click, fill, soon};

#[tokio::test]
async fn an_element_that_comes_late_is_waited_for() {
    let opened = Opened::new(
        "<script>setTimeout(() => document.body.innerHTML = '<input id=a><button id=b>B</button>', 200)</script>",
    )
    .await;
    opened
        .main()
        .act(&[fill("#a", "x"), click("#b")], soon())
        .await
        .expect("they come");
    opened.end().await;
}

#[tokio::test]
async fn a_disabled_hidden_or_read_only_element_is_waited_for() {
    let opened = Opened::new(
        "<input id=a disabled><input id=b style='display:none'><input id=c readonly>
         <script>setTimeout(() => a.disabled = false, 150); setTimeout(() => b.style.display = '', 200);
         setTimeout(() => c.readOnly = false, 250)</script>",
    )
    .await;
    opened
        .main()
        .act(&[fill("#a", "1"), fill("#b", "2"), fill("#c", "3")], soon())
        .await
        .expect("they become usable");
    opened.end().await;
}

#[tokio::test]
async fn a_covered_element_is_clicked_once_it_is_free() {
    let opened = Opened::new(
        "<button id=b onclick='this.dataset.clicked=1;document.title=\"clicked\"'>B</button>
         <div id=busy class=k-overlay style='position:fixed;inset:0;z-index:9' onclick='this.dataset.bad=1'></div>
         <script>setTimeout(() => busy.style.display = 'none', 300)</script>",
    )
    .await;
    opened
        .main()
        .act(&[click("#b")], soon())
        .await
        .expect("it becomes free");
    let seen = Condition::Visible(Target::css("#b[data-clicked]"));
    opened
        .main()
        .first_of(&[seen], soon())
        .await
        .expect("it was clicked");
    assert!(
        opened
            .main()
            .first_of(&[Condition::Visible(Target::css("[data-bad]"))], briefly())
            .await
            .is_err()
    );
    opened.end().await;
}

#[tokio::test]
async fn a_timeout_says_what_was_in_the_way() {
    let opened = Opened::new(
        "<button id=b>B</button><div id=busy class=k-overlay style='position:fixed;inset:0'></div><input id=off disabled>",
    )
    .await;
    let error = opened
        .main()
        .act(&[click("#b")], briefly())
        .await
        .expect_err("it stays covered");
    let covered = "element is covered by <div#busy.k-overlay>";
    assert_eq!(
        error.kind,
        ActErrorKind::TimedOut {
            waiting_for: covered.to_owned()
        }
    );
    assert!(
        error.call_log.lines().iter().any(|line| line == covered),
        "{:?}",
        error.call_log
    );
    let error = opened
        .main()
        .act(&[fill("#off", "secret")], briefly())
        .await
        .expect_err("it stays disabled");
    assert!(
        error.to_string().contains("<input#off> is disabled"),
        "{error}"
    );
    assert!(!format!("{error:?}").contains("secret"));
    opened.end().await;
}

#[tokio::test]
async fn a_moving_element_is_clicked_when_it_rests() {
    let opened = Opened::new(
        "<style>#b{position:absolute;left:0;transition:left .4s linear} #b.go{left:500px}</style>
         <button id=b onclick='document.body.append(this.offsetLeft)'>B</button>
         <script>requestAnimationFrame(() => b.className = 'go')</script>",
    )
    .await;
    opened
        .main()
        .act(&[click("#b")], soon())
        .await
        .expect("it comes to rest");
    let done = Condition::Text {
        target: Target::css("body"),
        matches: TextMatch::Contains("500".into()),
    };
    opened
        .main()
        .first_of(&[done], soon())
        .await
        .expect("it was clicked at rest");
    opened.end().await;
}

#[tokio::test]
async fn an_element_out_of_view_is_scrolled_to() {
    let opened = Opened::new(
        "<div style='position:fixed;top:0;height:80px;width:100%;background:red'>bar</div><div style='height:3000px'></div>
         <button id=b onclick='document.title=\"yes\";this.textContent=\"done\"'>B</button><div style='height:3000px'></div>",
    )
    .await;
    opened
        .main()
        .act(&[click("#b")], soon())
        .await
        .expect("it is scrolled to");
    assert_eq!(opened.text("#b").await.as_deref(), Some("done"));
    opened.end().await;
}

#[tokio::test]
async fn a_click_that_would_hit_something_else_is_stopped_and_tried_again() {
    // The overlay comes with the mouse itself: between the look and the press.
    let opened = Opened::new(
        "<button id=b onclick='this.textContent=\"done\"'>B</button>
         <div id=o style='display:none;position:fixed;inset:0' onmousedown='document.title=\"bad\";this.dataset.bad=1'></div>
         <script>b.addEventListener('mousemove', () => { o.style.display = 'block'; setTimeout(() => o.remove(), 300) },
         {once: true})</script>",
    )
    .await;
    opened
        .main()
        .act(&[click("#b")], soon())
        .await
        .expect("it is tried again");
    assert_eq!(opened.text("#b").await.as_deref(), Some("done"));
    opened.end().await;
}

#[tokio::test]
async fn the_first_of_several_conditions_wins_and_brings_its_text() {
    let opened = Opened::new(
        "<p id=ok style='display:none'>fine</p><p id=error></p>
         <script>setTimeout(() => error.textContent = ' Captcha  is not valid ', 200)</script>",
    )
    .await;
    let conditions = [
        Condition::Visible(Target::css("#ok")),
        Condition::Text {
            target: Target::css("#error"),
            matches: TextMatch::Contains("not valid".into()),
        },
    ];
    let hit = opened
        .main()
        .first_of(&conditions, soon())
        .await
        .expect("the message comes");
    assert_eq!(
        (hit.index, hit.text.as_deref()),
        (1, Some("Captcha is not valid"))
    );
    opened.end().await;
}

#[tokio::test]
async fn values_addresses_and_combinations_are_waited_for() {
    let opened = Opened::new(
        "<input id=a><div id=gone>x</div><script>setTimeout(() => { a.value = 'P-77'; gone.remove();
         history.pushState({}, '', '/done?x=1') }, 200)</script>",
    )
    .await;
    let value = |matches| Condition::Value {
        target: Target::css("#a"),
        matches,
    };
    let all = Condition::All(vec![
        value(ValueMatch::NonEmpty),
        value(ValueMatch::Matches("^P-\\d+$".into())),
        Condition::Hidden(Target::css("#gone")),
        Condition::Url(UrlGlob::new("/done")),
        Condition::Any(vec![
            value(ValueMatch::Equals("no".into())),
            value(ValueMatch::Equals("P-77".into())),
        ]),
    ]);
    let hit = opened
        .main()
        .first_of(&[Condition::Visible(Target::css("#never")), all], soon())
        .await
        .expect("it comes");
    assert_eq!(hit.index, 1);
    opened.end().await;
}

#[tokio::test]
async fn a_wait_and_an_act_go_on_over_a_navigation() {
    let opened =
        Opened::new("<p>first</p><script>setTimeout(() => location = '/second', 300)</script>")
            .await;
    opened
        .site
        .page("/second", "<input id=a><p id=p>second</p>");
    let main = opened.main();
    let waiting = [Condition::Visible(Target::css("#p"))];
    let actions = [fill("#a", "x")];
    let (hit, done) = tokio::join!(main.first_of(&waiting, soon()), main.act(&actions, soon()));
    assert_eq!(hit.expect("it comes").text.as_deref(), Some("second"));
    done.expect("it is filled");
    opened.end().await;
}

#[tokio::test]
async fn an_answer_is_waited_for_also_when_it_came_before_the_wait() {
    let opened = Opened::new("<button id=b onclick='fetch(\"/api\")'>B</button>").await;
    opened.site.answer("/api", 401, &[], "");
    let expired = [Condition::Response {
        url: UrlGlob::new("/api"),
        statuses: vec![401],
    }];
    // Not declared when the context was made, so it is seen from here on.
    assert!(matches!(
        opened.main().first_of(&expired, briefly()).await,
        Err(WaitError::TimedOut { .. })
    ));
    opened
        .main()
        .act(&[click("#b")], soon())
        .await
        .expect("it acts");
    opened.site.arrived("/api", 1).await;
    opened
        .main()
        .first_of(&expired, soon())
        .await
        .expect("it was seen");
    opened.end().await;
}

#[tokio::test]
async fn a_wait_that_fails_says_what_it_saw() {
    let opened = Opened::new("<p id=p style='visibility:hidden'>x</p><i>1</i><i>2</i>").await;
    let error = opened
        .main()
        .first_of(&[Condition::Visible(Target::css("#p"))], briefly())
        .await
        .expect_err("hidden");
    assert_eq!(
        error.to_string(),
        "time out waiting for #p to be visible; last seen: #p: element is hidden"
    );
    let error = opened
        .main()
        .first_of(&[Condition::Visible(Target::css("i"))], soon())
        .await
        .expect_err("two");
    assert!(matches!(error, WaitError::Ambiguous { index: 0, count: 2 }));
    let error = opened
        .main()
        .first_of(&[Condition::Visible(Target::css("p["))], soon())
        .await
        .expect_err("no CSS");
    assert!(matches!(error, WaitError::Invalid { .. }), "{error}");
    opened.end().await;
}

#[tokio::test]
async fn a_document_that_goes_away_while_it_is_changed_is_an_error_and_nothing_is_repeated() {
    let opened = Opened::new("<input id=a onchange=\"location = '/second'\">").await;
    opened.site.page("/second", "<input id=a><input id=b>");
    let actions = [fill("#a", "1"), fill("#b", "2")];
    let error = opened
        .main()
        .act(&actions, soon())
        .await
        .expect_err("the first document went away");
    assert_eq!(error.kind, ActErrorKind::ContextLost);
    assert_eq!(opened.value("#a").await.as_deref(), Some(""));
    opened.end().await;
}
