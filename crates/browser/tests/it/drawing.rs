//! Pages that draw only when they have to.

use formhand_browser::{ActionKind, Condition, Deadline, Sensitive, Target, ValueMatch};
use futures_util::future::join_all;

use crate::support::{Opened, action, click, soon};

/// Counts its animation frames in a field.
const COUNTING: &str = "<!doctype html><input id=drawn><script>
    let number = 0;
    const again = () => { drawn.value = ++number; requestAnimationFrame(again); };
    again();
</script>";

/// A field has at least two digits in it.
fn ten(selector: &str) -> Condition {
    Condition::Value {
        target: Target::css(selector),
        matches: ValueMatch::Matches("^[0-9]{2,}$".to_owned()),
    }
}

#[tokio::test]
async fn a_page_draws_while_something_is_waited_for() {
    let opened = Opened::new(COUNTING).await;
    let frames = [ten("#drawn")];
    opened
        .main()
        .first_of(&frames, soon())
        .await
        .expect("the frames come");
    opened.end().await;
}

#[tokio::test]
async fn a_page_that_nobody_waits_for_does_not_draw() {
    let opened = Opened::new(COUNTING).await;
    let frames = [ten("#drawn")];
    opened
        .main()
        .first_of(&frames, soon())
        .await
        .expect("it can draw");
    let number = async || -> usize {
        let drawn = opened.value("#drawn").await;
        drawn.unwrap_or_default().parse().expect("it counts")
    };
    let before = number().await;
    // A page that draws by itself draws sixty frames in this time; here no signal could come. On a busy machine a look
    // takes so long that the page draws one or two meanwhile.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let drawn = number().await - before;
    assert!(drawn < 10, "{drawn} frames");
    opened.end().await;
}

#[tokio::test]
async fn an_animation_goes_on_to_its_end_while_it_is_waited_for() {
    let opened = Opened::new(
        "<!doctype html><style>
            #box { position: absolute; left: 0; top: 100px; transition: left 200ms; }
            #box.moved { left: 300px; }
        </style><button id=go onclick='box.className = \"moved\"'>go</button>
        <button id=box onclick='done.value = \"yes\"'>box</button><input id=done>",
    )
    .await;
    let clicks = [click("#go"), click("#box")];
    opened
        .main()
        .act(&clicks, soon())
        .await
        .expect("both are clicked");
    assert_eq!(opened.value("#done").await.as_deref(), Some("yes"));
    opened.end().await;
}

#[tokio::test]
async fn what_a_compositor_would_move_or_fade_comes_to_its_end_too() {
    for change in ["transform: translateX(300px)", "opacity: .5"] {
        let opened = Opened::new(&format!(
            "<!doctype html><style>#box {{ transition: all 200ms }} #box.changed {{ {change} }}</style>
             <button id=go onclick='box.className = \"changed\"'>go</button>
             <p id=box ontransitionend='end.value = \"10\"'>box</p><input id=end>"
        ))
        .await;
        let main = opened.main();
        main.act(&[click("#go")], soon()).await.expect("it begins");
        let ends = [ten("#end")];
        main.first_of(&ends, soon())
            .await
            .unwrap_or_else(|error| panic!("{change}: {error}"));
        opened.end().await;
    }
}

#[tokio::test]
async fn a_mouse_over_an_element_is_seen_by_the_page() {
    let opened = Opened::new(
        "<!doctype html><div id=menu onmouseenter='seen.value = \"yes\"' style='width: 90px; height: 30px'>menu</div>
        <input id=seen>",
    )
    .await;
    let hover = [action("#menu", ActionKind::Hover)];
    opened
        .main()
        .act(&hover, soon())
        .await
        .expect("the mouse moves");
    assert_eq!(opened.value("#seen").await.as_deref(), Some("yes"));
    opened.end().await;
}

#[tokio::test]
async fn a_picture_shows_the_page_as_it_is_now() {
    let opened = Opened::new(
        "<!doctype html><body style='margin: 0; background: white'>
        <button id=paint style='position: absolute; left: 500px' onclick='document.body.style.background = \"#f00\"'>x</button>",
    )
    .await;
    let first = picture(&opened).await;
    opened
        .main()
        .act(&[click("#paint")], soon())
        .await
        .expect("it is clicked");
    let second = picture(&opened).await;
    assert_eq!(first, [255, 255, 255]);
    assert_eq!(second, [255, 0, 0]);
    opened.end().await;
}

/// The colour of the corner at the bottom.
async fn picture(opened: &Opened) -> [u8; 3] {
    let taken = opened
        .page
        .screenshot(&Sensitive::default())
        .await
        .expect("a picture is taken");
    let image = image::load_from_memory(&taken.png)
        .expect("it is a picture")
        .to_rgb8();
    let (width, height) = image.dimensions();
    assert!(width > 300 && height > 300, "{width}x{height}");
    image.get_pixel(10, height - 10).0
}

#[tokio::test]
async fn many_pages_of_one_browser_may_draw_at_the_same_time() {
    let opened = Opened::new(COUNTING).await;
    let mut pages = vec![opened.page.clone()];
    for _ in 0..3 {
        let page = opened.context.page().await.expect("a page opens");
        page.goto(&opened.site.url("/"), soon())
            .await
            .expect("it loads");
        pages.push(page);
    }
    let frames = [ten("#drawn")];
    let waits = pages.iter().map(async |page| {
        let main = page.main();
        let seen = main.first_of(&frames, soon()).await;
        let picture = page.screenshot(&Sensitive::default()).await;
        seen.is_ok() && picture.is_ok()
    });
    assert_eq!(join_all(waits).await, [true; 4]);
    assert!(opened.browser.is_alive());
    opened.end().await;
}

#[tokio::test]
async fn a_page_that_hangs_while_it_draws_leaves_the_others_their_turn_when_it_is_closed() {
    let opened = Opened::new(
        "<!doctype html><button id=hang onclick='setTimeout(() => { for (;;); }, 60)'>x</button><input id=never>",
    )
    .await;
    let other = opened.context.page().await.expect("a page opens");
    opened.site.page("/count", COUNTING);
    other
        .goto(&opened.site.url("/count"), soon())
        .await
        .expect("it loads");
    opened
        .main()
        .act(&[click("#hang")], soon())
        .await
        .expect("it is clicked");
    let never = [ten("#never")];
    let limit = Deadline::after(std::time::Duration::from_millis(400));
    opened
        .main()
        .first_of(&never, limit)
        .await
        .expect_err("it hangs");
    opened.page.close().await;
    let frames = [ten("#drawn")];
    other
        .main()
        .first_of(&frames, soon())
        .await
        .expect("the other draws");
    opened.end().await;
}
