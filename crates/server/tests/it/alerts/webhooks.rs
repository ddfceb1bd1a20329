//! What becomes of webhooks, as the watcher sees it by real deliveries.

use formhand_domain::WebhookName;
use formhand_store::{DeliveryFilter, DeliveryState};

use super::{
    hooks::Hooks,
    scene::{Scene, plain},
};
use crate::webhooks::{Manner, Receiver, webhook};

/// The one alert that is told in two rounds, in this list of the message.
async fn told(scene: &mut Scene, hooks: &Hooks, list: &str) -> String {
    scene.watch().await;
    scene.watch().await;
    let told = hooks.take_plain();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].rules(list), ["webhook_failing"]);
    let alert = &told[0].json()["data"][list][0];
    assert_eq!(alert["webhook"], "crm");
    alert["text"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_webhook_that_switches_itself_off_is_told_until_it_is_on() {
    let (hooks, crm) = tokio::join!(Hooks::start(), Receiver::start());
    let mut scene = Scene::telling(vec![plain(&hooks)], vec![webhook("crm", &crm)]);
    let (mut deliverer, name) = (scene.deliverer(), WebhookName::new("crm").unwrap());
    deliverer.round().await.unwrap();
    scene.file().await;
    crm.will([Manner::Answer(410, "")]);
    deliverer.round().await.unwrap();
    let text = told(&mut scene, &hooks, "new").await;
    assert!(text.contains("wants nothing any more"), "{text}");
    scene.desk().enable(&name, false).await.unwrap();
    deliverer.round().await.unwrap();
    told(&mut scene, &hooks, "resolved").await;
}

#[tokio::test]
async fn a_message_that_was_given_up_is_told_until_it_is_sent_once_more() {
    let (hooks, crm) = tokio::join!(Hooks::start(), Receiver::start());
    let mut scene = Scene::telling(vec![plain(&hooks)], vec![webhook("crm", &crm)]);
    let (mut deliverer, name) = (scene.deliverer(), WebhookName::new("crm").unwrap());
    deliverer.round().await.unwrap();
    scene.file().await;
    crm.will(vec![Manner::Answer(503, ""); 10]);
    for _ in 0..9 {
        deliverer.round().await.unwrap();
        scene.wait(30 * 3600);
    }
    deliverer.round().await.unwrap();
    assert_eq!(crm.take().len(), 10);
    let text = told(&mut scene, &hooks, "new").await;
    assert!(text.contains("it was given up at"), "{text}");

    let all = scene
        .store
        .deliveries(&name, DeliveryFilter::default(), None, 9);
    let given_up = all.await.unwrap().deliveries.remove(0);
    assert!(matches!(given_up.state, DeliveryState::Failed { .. }));
    let desk = scene.desk();
    desk.replay(&name, &given_up.message.id).await.unwrap();
    deliverer.round().await.unwrap();
    told(&mut scene, &hooks, "resolved").await;
}
