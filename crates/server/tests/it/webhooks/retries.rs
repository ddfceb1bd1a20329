//! What becomes of messages that are not taken.

use formhand_server::webhooks::SCHEDULE;
use formhand_store::{DeliveryState, Webhooks as _};
use jiff::SignedDuration;

use super::{
    receiver::{Manner, Message, Receiver},
    scene::{SECRET, Scene, jobs_of, named, webhook},
};

fn ids(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(Message::id).collect()
}

#[tokio::test]
async fn what_was_not_taken_is_sent_again_under_the_same_id_and_signed_anew() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    receiver.will([Manner::Answer(503, "")]);
    let first = scene.told(&receiver).await;
    assert_eq!(scene.due_in("crm").await, 5);
    // Not a moment earlier.
    scene.wait(SignedDuration::from_millis(4_999));
    assert!(scene.told(&receiver).await.is_empty());
    scene.wait(SignedDuration::from_millis(1));
    let second = scene.told(&receiver).await;
    assert_eq!(ids(&first), ids(&second));
    assert_eq!(first[0].body, second[0].body);
    assert!(second[0].is_signed_with(SECRET));
    assert_ne!(
        first[0].headers["webhook-timestamp"],
        second[0].headers["webhook-timestamp"]
    );
    let delivery = scene.deliveries("crm").await.remove(0);
    assert!(matches!(delivery.state, DeliveryState::Delivered { .. }));
    let tries: Vec<_> = delivery
        .tries
        .iter()
        .map(|tried| (tried.status, tried.error.clone()))
        .collect();
    let said = Some("it answered 503 Service Unavailable".to_owned());
    assert_eq!(tries, [(Some(503), said), (Some(204), None)]);
}

#[tokio::test]
async fn after_the_last_try_a_message_is_given_up_and_kept_until_it_is_replayed() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    receiver.will(vec![Manner::Answer(500, ""); 10]);
    scene.round().await;
    for pause in SCHEDULE {
        assert_eq!(scene.due_in("crm").await, pause.as_secs());
        scene.wait(pause);
        scene.round().await;
    }
    let tried = receiver.take();
    assert_eq!(tried.len(), 10);
    assert!(ids(&tried).iter().all(|id| *id == tried[0].id()));
    let delivery = scene.deliveries("crm").await.remove(0);
    assert!(matches!(delivery.state, DeliveryState::Failed { .. }));
    scene.wait(SignedDuration::from_hours(24 * 20));
    assert!(scene.told(&receiver).await.is_empty());
    let known = scene.store.webhook(&named("crm")).await.unwrap().unwrap();
    assert!(known.state.failing.is_some());
    let replayed = scene.webhooks.replay(&named("crm"), tried[0].id()).await;
    assert!(replayed.unwrap().is_some());
    let told = scene.told(&receiver).await;
    assert_eq!(ids(&told), [tried[0].id()]);
    let known = scene.store.webhook(&named("crm")).await.unwrap().unwrap();
    assert_eq!(known.state.failing, None);
}

#[tokio::test]
async fn a_webhook_that_hangs_holds_no_other_up_and_is_given_little_time() {
    let (slow, quick) = tokio::join!(Receiver::start(), Receiver::start());
    let mut scene = Scene::hasty([webhook("slow", &slow), webhook("quick", &quick)]).await;
    scene.filed(1).await;
    slow.will([Manner::Hang]);
    scene.round().await;
    assert_eq!((slow.take().len(), quick.take().len()), (1, 1));
    let delivery = scene.deliveries("slow").await.remove(0);
    assert_eq!(delivery.tries[0].status, None);
    assert_eq!(
        delivery.tries[0].error.as_deref(),
        Some("no answer within 300ms")
    );
    assert_eq!(scene.due_in("slow").await, 5);
}

#[tokio::test]
async fn a_connection_that_is_cut_or_refused_is_no_delivery() {
    let receiver = Receiver::start().await;
    let mut nobody = webhook("nobody", &receiver);
    nobody.url = "http://127.0.0.1:9/in".parse().unwrap();
    let mut scene = Scene::new([webhook("crm", &receiver), nobody]).await;
    scene.filed(1).await;
    receiver.will([Manner::Cut]);
    scene.round().await;
    for name in ["crm", "nobody"] {
        let delivery = scene.deliveries(name).await.remove(0);
        assert!(
            matches!(delivery.state, DeliveryState::Pending { tries: 1, .. }),
            "{name}"
        );
        assert!(delivery.tries[0].error.is_some(), "{name}");
    }
}

#[tokio::test]
async fn a_receiver_that_asks_for_time_gets_it() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    receiver.will([Manner::Answer(429, "Retry-After: 600")]);
    scene.round().await;
    assert_eq!(scene.due_in("crm").await, 600);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (receiver, elsewhere) = tokio::join!(Receiver::start(), Receiver::start());
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    let to = format!("Location: {}", elsewhere.url());
    receiver.will([Manner::Answer(307, Box::leak(to.into_boxed_str()))]);
    scene.round().await;
    assert_eq!((receiver.take().len(), elsewhere.take().len()), (1, 0));
    let delivery = scene.deliveries("crm").await.remove(0);
    assert_eq!(
        delivery.tries[0].error.as_deref(),
        Some("it answered 307 Temporary Redirect")
    );
}

#[tokio::test]
async fn what_the_receiver_says_in_words_is_not_kept() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    receiver.will([Manner::Answer(400, "X-Said: words of the receiver")]);
    scene.round().await;
    let delivery = scene.deliveries("crm").await.remove(0);
    assert!(!format!("{delivery:?}").contains("words of"));
}

#[tokio::test]
async fn who_is_gone_is_told_nothing_until_a_person_says_so_and_then_all_that_was_missed() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    receiver.will([Manner::Answer(410, "")]);
    assert_eq!(scene.told(&receiver).await.len(), 1);
    scene.filed(2).await;
    scene.wait(SignedDuration::from_hours(24));
    assert!(scene.told(&receiver).await.is_empty());
    let known = scene.store.webhook(&named("crm")).await.unwrap().unwrap();
    assert_eq!(known.state.off.unwrap().said, "it answered 410 Gone");
    scene.webhooks.enable(&named("crm"), false).await.unwrap();
    let told = scene.told(&receiver).await;
    assert_eq!(jobs_of(&told), ["\"c-1\"", "\"c-2\""]);
}

#[tokio::test]
async fn what_was_missed_while_it_was_off_can_be_left_out() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    receiver.will([Manner::Answer(410, "")]);
    scene.round().await;
    scene.filed(2).await;
    receiver.take();
    scene.webhooks.enable(&named("crm"), true).await.unwrap();
    scene.filed(3).await;
    scene.wait(SignedDuration::from_secs(5));
    let told = scene.told(&receiver).await;
    assert_eq!(jobs_of(&told), ["\"c-1\"", "\"c-3\""]);
}

#[tokio::test]
async fn what_was_delivered_long_ago_is_removed() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    scene.round().await;
    scene.wait(SignedDuration::from_hours(24 * 7));
    scene.round().await;
    assert_eq!(scene.deliveries("crm").await.len(), 1);
    scene.wait(SignedDuration::from_hours(2));
    scene.round().await;
    assert_eq!(scene.deliveries("crm").await.len(), 0);
}
