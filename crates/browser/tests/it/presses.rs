//! A click that is said to be done has come to the page, and a press that the page knows of is never repeated.

use formhand_browser::{ActErrorKind, Condition, ContextOptions, Done, Kind, Target, ValueMatch};

use crate::support::{ALL, Opened, Site, briefly, click, launch, soon};

/// Notes the presses and the clicks on a button, and what has become of its place at the press.
const BOX: &str = "<!doctype html><style>#box { position: absolute; left: 0; top: 100px; }</style>
    <button id=box><b id=part>box</b></button><input id=presses><input id=clicks><input id=left><script>
    box.addEventListener('pointerdown', () => { presses.value += 1; left.value = box.getBoundingClientRect().left; });
    box.addEventListener('click', () => clicks.value += 1);
</script>";

async fn on(kind: Kind, html: &str) -> Opened {
    let site = Site::start().await;
    site.page("/", &format!("{BOX}{html}"));
    let browser = launch(kind).start().await.expect("it starts");
    Opened::on(browser, site, ContextOptions::default()).await
}

/// Clicks the button of a page; says how that ended, and how many presses and clicks have come to it.
async fn clicked(opened: &Opened) -> (Result<Vec<Done>, ActErrorKind>, usize, usize) {
    let done = opened.main().act(&[click("#box")], soon()).await;
    let count = async |selector| opened.value(selector).await.unwrap_or_default().len();
    (
        done.map_err(|error| error.kind),
        count("#presses").await,
        count("#clicks").await,
    )
}

fn not_clicked(what: &str) -> ActErrorKind {
    ActErrorKind::NotClicked {
        what: what.to_owned(),
    }
}

#[tokio::test]
async fn what_has_just_begun_to_move_is_clicked_where_it_comes_to_rest() {
    // The mouse comes to another element first, and with it the movement begins.
    let moves = [
        ("transition: left 200ms", "left: 300px"),
        ("transition: left 200ms 100ms", "left: 300px"),
        (
            "transition: transform 200ms",
            "transform: translateX(300px)",
        ),
        (
            "animation: none",
            "animation: go 200ms ease-in-out forwards",
        ),
    ];
    for kind in ALL {
        for (movement, moved) in moves {
            let opened = on(
                kind,
                &format!(
                    "<style>#box {{ {movement} }} #box.moved {{ {moved} }} @keyframes go {{ to {{ left: 300px }} }}</style>
                     <button id=go onclick='box.className = \"moved\"'>go</button>"
                ),
            )
            .await;
            opened
                .main()
                .act(&[click("#go"), click("#box")], soon())
                .await
                .unwrap_or_else(|error| panic!("{kind:?} {movement}: {error} {}", error.call_log));
            assert_eq!(
                opened.value("#left").await.as_deref(),
                Some("300"),
                "{kind:?} {movement}"
            );
            opened.end().await;
        }
    }
}

#[tokio::test]
async fn what_never_comes_to_rest_elsewhere_does_not_keep_a_click_back() {
    let opened = on(
        Kind::StillShell,
        "<style>@keyframes turn { to { rotate: 1turn } } #busy { animation: turn 1s linear infinite; width: 9px }
         #box { animation: later 1s 60s } @keyframes later { to { left: 300px } }</style><p id=busy>o</p>",
    )
    .await;
    assert_eq!(clicked(&opened).await, (Ok(vec![done()]), 1, 1));
    opened.end().await;
}

fn done() -> Done {
    Done {
        value: None,
        changed: true,
    }
}

#[tokio::test]
async fn an_element_that_moves_away_under_the_press_is_not_clicked_and_not_pressed_again() {
    for event in ["pointerdown", "mousedown", "focus"] {
        for kind in ALL {
            let opened = on(
                kind,
                &format!("<script>box.on{event} = () => {{ box.style.left = '300px' }}</script>"),
            )
            .await;
            let moved =
                not_clicked("<button#box> was pressed, but it moved away before the release");
            assert_eq!(
                clicked(&opened).await,
                (Err(moved), 1, 0),
                "{kind:?} {event}"
            );
            opened.end().await;
        }
    }
}

#[tokio::test]
async fn what_a_page_does_at_the_press_itself_is_its_answer_and_needs_no_click() {
    let answers = [
        "box.onmousedown = () => box.remove()",
        "box.onpointerdown = () => box.remove()",
        "box.onmousedown = () => { box.style.display = 'none' }",
        "box.onmousedown = () => { box.disabled = true }",
        "box.onmousedown = () => { box.replaceWith(box.cloneNode(true)) }",
        "box.onmousedown = () => { document.body.style.pointerEvents = 'none' }",
        "box.onmousedown = () => document.body.insertAdjacentHTML('beforeend', '<ul style=\"position:fixed;inset:0\">menu</ul>')",
        "box.onmousedown = () => { box.innerHTML = '<i>box</i>' }",
        "box.onfocus = () => box.remove()",
        "box.onmouseup = () => box.remove()",
        "box.onpointerup = () => { box.style.display = 'none' }",
        "box.onmouseup = () => { box.disabled = true }",
    ];
    for answer in answers {
        let opened = on(Kind::StillShell, &format!("<script>{answer}</script>")).await;
        let (ended, presses, _) = clicked(&opened).await;
        assert_eq!((ended, presses), (Ok(vec![done()]), 1), "{answer}");
        opened.end().await;
    }
}

#[tokio::test]
async fn a_click_comes_whatever_the_page_prevents_or_stops_on_the_way_to_it() {
    let pages = [
        "box.onpointerdown = (event) => event.preventDefault()",
        "box.onmousedown = (event) => event.preventDefault()",
        "box.onmousedown = () => alert('wait')",
        "box.onpointerdown = (event) => box.setPointerCapture(event.pointerId)",
        "for (const name of ['mousedown', 'pointerup', 'mouseup'])
             addEventListener(name, (event) => event.stopImmediatePropagation(), true)",
    ];
    for page in pages {
        let opened = on(Kind::StillShell, &format!("<script>{page}</script>")).await;
        assert_eq!(clicked(&opened).await, (Ok(vec![done()]), 1, 1), "{page}");
        opened.end().await;
    }
}

#[tokio::test]
async fn a_press_that_goes_to_another_document_is_an_error_and_comes_once() {
    let opened = on(
        Kind::StillShell,
        "<div id=around><iframe width=200 height=200 src=/inner></iframe></div>",
    )
    .await;
    opened.site.page(
        "/inner",
        "<script>addEventListener('pointerdown', () => parent.presses.value += 1); parent.clicks.value = 'ready'</script>",
    );
    opened
        .page
        .goto(&opened.site.url("/"), soon())
        .await
        .expect("it loads");
    let ready = Condition::Value {
        target: Target::css("#clicks"),
        matches: ValueMatch::NonEmpty,
    };
    opened
        .main()
        .first_of(&[ready], soon())
        .await
        .expect("the frame has loaded");
    let error = opened
        .main()
        .act(&[click("#around iframe")], briefly())
        .await
        .expect_err("nobody here sees it");
    let unseen = "the press of the mouse was not seen: another document may have got it";
    assert_eq!(error.kind, not_clicked(unseen));
    assert_eq!(opened.value("#presses").await.as_deref(), Some("1"));
    opened.end().await;
}

#[tokio::test]
async fn a_press_that_would_hit_something_else_is_seen_by_no_listener_of_the_page() {
    let opened = on(
        Kind::StillShell,
        "<div id=over style='display: none; position: fixed; inset: 0'></div><input id=heard><script>
         for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
             addEventListener(name, (event) => { if (event.target === over) heard.value += name }, true);
         box.addEventListener('mousemove', () => { over.style.display = 'block'; setTimeout(() => over.remove(), 300) },
             { once: true })</script>",
    )
    .await;
    assert_eq!(clicked(&opened).await, (Ok(vec![done()]), 1, 1));
    assert_eq!(opened.value("#heard").await.as_deref(), Some(""));
    opened.end().await;
}
