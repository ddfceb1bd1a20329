//! Each action does what it says, and says so when it did not.

use formhand_browser::{ActErrorKind, ActionKind, Locator, OptionBy, Target};

use crate::support::{Opened, action, briefly, check, click, fill, soon, type_keys};

fn select(selector: &str, text: &str) -> formhand_browser::Action {
    action(
        selector,
        ActionKind::Select {
            option: OptionBy::ByText(text.to_owned()),
        },
    )
}

#[tokio::test]
async fn a_fill_tells_the_page_with_input_change_and_blur() {
    let opened = Opened::new(
        "<input id=a><p id=log></p><script>for (const name of ['input','change','blur'])
         a.addEventListener(name, () => log.textContent += name + ':' + a.value + ' ')</script>",
    )
    .await;
    let done = opened
        .main()
        .act(&[fill("#a", "x")], soon())
        .await
        .expect("it acts");
    assert!(done[0].changed);
    assert_eq!(
        opened.text("#log").await.as_deref(),
        Some("input:x change:x blur:x")
    );
    // What holds already is left alone.
    let again = opened
        .main()
        .act(&[fill("#a", "x")], soon())
        .await
        .expect("it acts");
    assert!(!again[0].changed);
    opened.end().await;
}

#[tokio::test]
async fn kf17_values_are_never_part_of_a_script() {
    let opened = Opened::new("<input id=a><textarea id=b></textarea><input id=c>").await;
    let nasty = "'\"`${1}</script><script>document.title='owned'</script>\\u0041\u{2028}\u{0}é漢😀";
    let lines = "one\ntwo '\"\nthree";
    let actions = [
        fill("#a", nasty),
        fill("#b", lines),
        type_keys("#c", "a'\"`$é漢</script>"),
    ];
    let done = opened.main().act(&actions, soon()).await.expect("it acts");
    assert_eq!(done[0].value.as_deref(), Some(nasty));
    assert_eq!(opened.value("#b").await.as_deref(), Some(lines));
    assert_eq!(
        opened.value("#c").await.as_deref(),
        Some("a'\"`$é漢</script>")
    );
    opened.end().await;
}

#[tokio::test]
async fn kf16_a_value_that_the_page_overwrites_is_not_taken() {
    let opened =
        Opened::new("<input id=a><script>a.onchange = () => { a.value = 'other' }</script>").await;
    let error = opened
        .main()
        .act(&[fill("#a", "mine")], soon())
        .await
        .expect_err("it is overwritten");
    assert_eq!(
        error.kind,
        ActErrorKind::NotTaken {
            expected: "mine".into(),
            found: "other".into()
        }
    );
    assert!(
        !format!("{error} {error:?}").contains("mine"),
        "errors do not tell values"
    );
    opened.end().await;
}

#[tokio::test]
async fn a_field_that_a_later_field_overwrites_is_not_taken() {
    let opened =
        Opened::new("<input id=a><input id=b><script>b.onchange = () => { a.value = '' }</script>")
            .await;
    let error = opened
        .main()
        .act(&[fill("#a", "1"), fill("#b", "2")], soon())
        .await
        .expect_err("a is emptied");
    assert_eq!(
        (
            error.label.as_str(),
            matches!(error.kind, ActErrorKind::NotTaken { .. })
        ),
        ("#a", true)
    );
    opened.end().await;
}

#[tokio::test]
async fn kf15_a_checkbox_is_never_toggled_blindly() {
    let opened = Opened::new(
        "<input type=checkbox id=on checked><input type=checkbox id=off>
         <input type=radio name=r id=r1 checked><input type=radio name=r id=r2><p id=log></p>
         <script>addEventListener('click', (event) => log.textContent += event.target.id + ' ')</script>",
    )
    .await;
    let actions = [
        check("#on", true),
        check("#off", true),
        check("#off", true),
        check("#r2", true),
        check("#on", true),
    ];
    let done = opened.main().act(&actions, soon()).await.expect("it acts");
    assert_eq!(
        done.iter().map(|done| done.changed).collect::<Vec<_>>(),
        [false, true, false, true, false]
    );
    assert_eq!(opened.text("#log").await.as_deref(), Some("off r2"));
    let off = opened
        .main()
        .act(&[check("#on", false)], soon())
        .await
        .expect("it acts");
    assert_eq!(off[0].value.as_deref(), Some("false"));
    opened.end().await;
}

#[tokio::test]
async fn a_checkbox_that_does_not_stay_checked_is_not_taken() {
    let opened = Opened::new("<input type=checkbox id=a onclick='return false'>").await;
    let error = opened
        .main()
        .act(&[check("#a", true)], soon())
        .await
        .expect_err("it stays off");
    assert!(matches!(error.kind, ActErrorKind::NotTaken { .. }));
    opened.end().await;
}

#[tokio::test]
async fn a_hidden_radio_is_checked_through_its_label() {
    let opened =
        Opened::new("<input type=radio id=ovd style='display:none'><label for=ovd>OVD</label>")
            .await;
    let done = opened
        .main()
        .act(&[check("#ovd", true)], soon())
        .await
        .expect("it acts");
    assert_eq!(done[0].value.as_deref(), Some("true"));
    opened.end().await;
}

#[tokio::test]
async fn a_native_list_is_set_by_value_or_by_whole_text() {
    let opened = Opened::new(
        "<select id=s><option value=''>-</option><option value=26>Puducherry</option><option value=17>  Karnataka
         </option></select><p id=log></p><script>s.onchange = () => log.textContent += s.value</script>",
    )
    .await;
    let by_value = action(
        "#s",
        ActionKind::Select {
            option: OptionBy::ByValue("26".into()),
        },
    );
    let done = opened
        .main()
        .act(&[by_value, select("#s", "Karnataka")], soon())
        .await
        .expect("it acts");
    assert_eq!(done[1].value.as_deref(), Some("17"));
    assert_eq!(opened.text("#log").await.as_deref(), Some("2617"));
    opened.end().await;
}

#[tokio::test]
async fn an_option_that_is_not_offered_is_an_error_that_lists_what_is() {
    let opened = Opened::new("<select id=s><option>A</option><option>B</option></select>").await;
    let error = opened
        .main()
        .act(&[select("#s", "C")], briefly())
        .await
        .expect_err("there is no C");
    let offered = vec!["A".to_owned(), "B".to_owned()];
    assert_eq!(
        error.kind,
        ActErrorKind::NotOffered {
            wanted: "C".into(),
            offered
        }
    );
    opened.end().await;
}

#[tokio::test]
async fn an_option_that_comes_late_is_waited_for() {
    let opened = Opened::new(
        "<select id=s></select><script>setTimeout(() => s.add(new Option('Chennai', '9')), 200)</script>",
    )
    .await;
    let done = opened
        .main()
        .act(&[select("#s", "Chennai")], soon())
        .await
        .expect("it comes");
    assert_eq!(done[0].value.as_deref(), Some("9"));
    opened.end().await;
}

#[tokio::test]
async fn keys_are_real_and_replace_what_was_there() {
    let opened = Opened::new(
        "<input id=a value=old><p id=log></p>
         <script>a.onkeydown = (event) => log.textContent += event.key + event.isTrusted + event.keyCode + ' '</script>",
    )
    .await;
    let done = opened
        .main()
        .act(&[type_keys("#a", "A-1")], soon())
        .await
        .expect("it acts");
    assert_eq!(done[0].value.as_deref(), Some("A-1"));
    assert_eq!(
        opened.text("#log").await.as_deref(),
        Some("Atrue65 -true189 1true49")
    );
    opened.end().await;
}

#[tokio::test]
async fn a_date_reaches_a_field_with_a_mask() {
    let opened = Opened::new(
        "<input id=d><script>d.onchange = () => { d.dataset.date = d.value.split('-').reverse().join('') }</script>",
    )
    .await;
    let date = action(
        "#d",
        ActionKind::Date {
            value: "09-02-1990".into(),
        },
    );
    let done = opened.main().act(&[date], soon()).await.expect("it acts");
    assert_eq!(done[0].value.as_deref(), Some("09-02-1990"));
    opened.end().await;
}

#[tokio::test]
async fn enter_submits_and_a_shortcut_types_nothing() {
    let opened = Opened::new("<form action=/next><input id=a name=a value=abc></form>").await;
    opened.site.page("/next", "<p id=next>next</p>");
    let press = |key: &str| {
        action(
            "#a",
            ActionKind::Press {
                key: key.to_owned(),
            },
        )
    };
    opened
        .main()
        .act(
            &[
                press("Control+A"),
                press("Backspace"),
                press("x"),
                press("Enter"),
            ],
            soon(),
        )
        .await
        .expect("it acts");
    opened.site.arrived("/next", 1).await;
    opened.end().await;
}

#[tokio::test]
async fn a_menu_opens_under_the_mouse() {
    let opened = Opened::new(
        "<style>#sub{display:none} #menu:hover #sub{display:block}</style>
         <div id=menu>Motors<div id=sub><a id=two href='#two' onclick='document.title=1'>Two Wheeler</a></div></div>",
    )
    .await;
    opened
        .main()
        .act(&[action("#menu", ActionKind::Hover), click("#two")], soon())
        .await
        .expect("it acts");
    assert!(opened.page.url().ends_with("#two"), "{}", opened.page.url());
    opened.end().await;
}

#[tokio::test]
async fn files_are_uploaded_into_a_hidden_field() {
    let opened = Opened::new("<input type=file id=f style='display:none'>").await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("scan 1.pdf");
    std::fs::write(&file, "x").expect("a file");
    let upload = |file| action("#f", ActionKind::Upload { files: vec![file] });
    let done = opened
        .main()
        .act(&[upload(file)], soon())
        .await
        .expect("it acts");
    assert_eq!(done[0].value.as_deref(), Some("scan 1.pdf"));
    let missing = opened
        .main()
        .act(&[upload(folder.path().join("none"))], soon())
        .await
        .expect_err("no such file");
    assert!(matches!(missing.kind, ActErrorKind::Invalid { .. }));
    opened.end().await;
}

#[tokio::test]
async fn kf14_several_matches_are_an_error_and_never_the_first() {
    let opened = Opened::new(
        "<button class=b>A</button><button class=b>B</button><input class=i><input class=i>",
    )
    .await;
    for act in [click(".b"), fill(".i", "x")] {
        let error = opened
            .main()
            .act(&[act], soon())
            .await
            .expect_err("two match");
        assert_eq!(error.kind, ActErrorKind::Ambiguous { count: 2 });
    }
    opened.end().await;
}

#[tokio::test]
async fn several_locators_must_find_the_same_element() {
    let opened =
        Opened::new("<label for=a>Name</label><input id=a><input id=b><button>Save</button>").await;
    let fill_by = |locators| {
        let mut fill = fill("", "x");
        fill.target = Target { locators };
        fill
    };
    let label = Locator::Label("Name".into());
    let agree = fill_by(vec![
        label.clone(),
        Locator::Css("#a".into()),
        Locator::XPath("//input[1]".into()),
    ]);
    opened
        .main()
        .act(&[agree], soon())
        .await
        .expect("they agree");
    let error = opened
        .main()
        .act(&[fill_by(vec![label, Locator::Css("#b".into())])], soon())
        .await
        .expect_err("no");
    assert_eq!(error.kind, ActErrorKind::Disagree);
    let by_text = click("").kind;
    let by_text = formhand_browser::Action {
        target: Target::one(Locator::Text("Save".into())),
        kind: by_text,
        label: String::new(),
        timeout: None,
    };
    opened
        .main()
        .act(&[by_text], soon())
        .await
        .expect("the text is found");
    opened.end().await;
}
