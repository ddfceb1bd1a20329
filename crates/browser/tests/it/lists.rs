//! Lists that a script draws: the wanted item is clicked, or none.

use formhand_browser::{ActErrorKind, ActionKind, Locator, TextMatch};

use crate::support::{Opened, action, briefly, soon};

const TYPE_AHEAD: &str = "<input id=pin autocomplete=off><ul id=list></ul><p id=log></p><script>
const all = ['600001 Chennai', '600002 Chennai', '600011 Perambur', '700001 Kolkata'];
let timer;
pin.oninput = () => { clearTimeout(timer); timer = setTimeout(() => {
  list.innerHTML = '';
  for (const text of all.filter((text) => text.startsWith(pin.value))) {
    const item = document.createElement('li');
    item.textContent = text;
    item.onclick = (event) => { pin.value = text; list.innerHTML = ''; log.textContent = text + event.isTrusted };
    list.append(item);
  } }, 100) };
</script>";

fn choose(text: &str, option: TextMatch) -> formhand_browser::Action {
    let list = Locator::Css("#list li".into());
    action(
        "#pin",
        ActionKind::Choose {
            text: text.to_owned(),
            list,
            option,
        },
    )
}

#[tokio::test]
async fn the_wanted_suggestion_is_clicked_for_real() {
    let opened = Opened::new(TYPE_AHEAD).await;
    let done = opened
        .main()
        .act(
            &[choose("600002", TextMatch::Contains("600002".into()))],
            soon(),
        )
        .await
        .expect("it acts");
    assert_eq!(done[0].value.as_deref(), Some("600002 Chennai"));
    assert_eq!(
        opened.text("#log").await.as_deref(),
        Some("600002 Chennaitrue")
    );
    opened.end().await;
}

#[tokio::test]
async fn kf14_a_wrong_suggestion_is_refused_with_what_was_offered() {
    let opened = Opened::new(TYPE_AHEAD).await;
    let error = opened
        .main()
        .act(
            &[choose("7000", TextMatch::Contains("700009".into()))],
            briefly(),
        )
        .await
        .expect_err("none fits");
    let offered = vec!["700001 Kolkata".to_owned()];
    assert_eq!(
        error.kind,
        ActErrorKind::NotOffered {
            wanted: "700009".into(),
            offered
        }
    );
    assert_eq!(opened.text("#log").await.as_deref(), Some(""));
    opened.end().await;
}

#[tokio::test]
async fn kf14_two_suggestions_that_fit_are_refused() {
    let opened = Opened::new(TYPE_AHEAD).await;
    let error = opened
        .main()
        .act(
            &[choose("6000", TextMatch::Contains("Chennai".into()))],
            briefly(),
        )
        .await
        .expect_err("two fit");
    assert_eq!(error.kind, ActErrorKind::Ambiguous { count: 2 });
    opened.end().await;
}

#[tokio::test]
async fn an_item_is_picked_from_a_drawn_list() {
    let opened = Opened::new(
        "<span id=open tabindex=0>Select</span><div id=list style='display:none'><div class=item>Pure <b>One</b></div>
         <div class=item>One</div></div><script>
         open_ = document.getElementById('open');
         open_.onclick = () => setTimeout(() => list.style.display = 'block', 150);
         for (const item of document.querySelectorAll('.item'))
           item.onclick = () => { open_.textContent = item.textContent; list.style.display = 'none' };</script>",
    )
    .await;
    let pick = |option: &str| {
        action(
            "#open",
            ActionKind::Pick {
                list: Locator::Css(".item".into()),
                option: option.to_owned(),
            },
        )
    };
    let done = opened
        .main()
        .act(&[pick("One")], soon())
        .await
        .expect("it acts");
    assert_eq!(done[0].value.as_deref(), Some("One"));
    let error = opened
        .main()
        .act(&[pick("Two")], briefly())
        .await
        .expect_err("there is no Two");
    assert!(
        matches!(error.kind, ActErrorKind::NotOffered { ref offered, .. } if offered.len() == 2)
    );
    opened.end().await;
}

/// Its list comes a little later each time, and all presses of the mouse are counted.
const SLOWER_AND_SLOWER: &str =
    "<input id=pin autocomplete=off><ul id=list></ul><p id=log>0</p><script>
let delay = 0;
addEventListener('mousedown', () => log.textContent = Number(log.textContent) + 1);
pin.oninput = () => setTimeout(() => {
  const item = document.createElement('li');
  item.textContent = pin.value;
  item.onclick = () => list.innerHTML = '';
  list.append(item);
}, delay += 1);
</script>";

#[tokio::test]
async fn a_suggestion_is_clicked_once_whenever_it_comes() {
    let opened = Opened::new(SLOWER_AND_SLOWER).await;
    for count in 1..=100 {
        let text = format!("choice {count}");
        let chosen = choose(&text, TextMatch::Equals(text.clone()));
        let done = opened.main().act(&[chosen], soon()).await;
        done.expect("it is offered");
        assert_eq!(opened.text("#log").await, Some(count.to_string()));
    }
    opened.end().await;
}
