//! Several servers, and those that come after others.

use formhand_domain::Clock as _;
use formhand_server::webhooks::{Replayed, WhichEvents};
use formhand_store::Webhooks as _;
use jiff::SignedDuration;

use super::{
    receiver::{Manner, Receiver},
    scene::{Scene, curious, kinds, named, newest, webhook},
};

#[tokio::test]
async fn one_server_delivers_and_another_takes_over_when_it_is_gone() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    let mut other = Scene::another(&scene.api, "node-b");
    scene.round().await;
    scene.filed(1).await;
    other.round().await.unwrap();
    assert!(receiver.take().is_empty());
    // The first one has died: nobody has said anything for longer than a turn lasts.
    scene.wait(SignedDuration::from_secs(91));
    other.round().await.unwrap();
    assert_eq!(receiver.take().len(), 1);
    // If it comes back, it is told nothing to do.
    scene.filed(2).await;
    scene.round().await;
    assert!(receiver.take().is_empty());
    other.give_back().await.unwrap();
    assert_eq!(scene.told(&receiver).await.len(), 1);
}

#[tokio::test]
async fn the_next_process_goes_on_where_the_last_one_was() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    assert_eq!(scene.told(&receiver).await.len(), 1);
    scene.filed(2).await;
    scene.deliverer = Scene::another(&scene.api, "node-a");
    let told = scene.told(&receiver).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].json()["data"]["captchaId"], "c-2");
}

#[tokio::test]
async fn a_message_that_was_made_and_not_noted_is_made_once() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    let begun = scene.store.webhook(&named("crm")).await.unwrap().unwrap();
    scene.filed(1).await;
    // As a crash leaves it that comes between the two writes: the message is there, the place is where it was.
    let replayed = scene
        .webhooks
        .replay_many(&named("crm"), WhichEvents::Since(scene.clock.now(), None))
        .await
        .unwrap();
    assert_eq!(
        replayed,
        Replayed {
            count: 1,
            next: None
        }
    );
    let place = scene
        .store
        .webhook(&named("crm"))
        .await
        .unwrap()
        .unwrap()
        .place;
    assert_eq!(place, begun.place);
    assert_eq!(scene.told(&receiver).await.len(), 1);
    assert_eq!(scene.deliveries("crm").await.len(), 1);
    let place = scene
        .store
        .webhook(&named("crm"))
        .await
        .unwrap()
        .unwrap()
        .place;
    assert_eq!(place, newest(&scene.api).await);
}

#[tokio::test]
async fn what_happened_before_is_told_only_to_who_asks_for_it() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([]).await;
    let first = scene.filed(1).await;
    let then = scene.clock.now();
    scene.wait(SignedDuration::from_hours(1));
    scene.filed(2).await;
    let store = scene.store.clone();
    let setup = formhand_server::webhooks::WebhooksSetup {
        webhooks: vec![curious("crm", &receiver)],
        ..Default::default()
    };
    let desk = formhand_server::webhooks::WebhookDesk::new(
        store,
        std::sync::Arc::new(scene.clock.clone()),
        || 0.0,
        setup,
    )
    .unwrap();
    desk.begin().await.unwrap();
    scene.api.webhooks = desk.clone();
    scene.deliverer = Scene::another(&scene.api, "node-a");
    assert!(scene.told(&receiver).await.is_empty());
    let later = then + SignedDuration::from_mins(30);
    let since = desk
        .replay_many(&named("crm"), WhichEvents::Since(later, None))
        .await;
    assert_eq!(since.unwrap().count, 3);
    let told = scene.told(&receiver).await;
    assert_eq!(
        kinds(&told),
        ["job.pending", "job.processing", "job.completed"]
    );
    assert_eq!(told[0].json()["data"]["captchaId"], "c-2");
    let of_job = WhichEvents::OfJob(first.parse().unwrap());
    let replayed = desk.replay_many(&named("crm"), of_job).await.unwrap();
    assert_eq!(replayed.count, 3);
    let told = scene.told(&receiver).await;
    assert_eq!(told[2].json()["data"]["captchaId"], "c-1");
    // Once more, the same ids in the same order.
    desk.replay_many(&named("crm"), of_job).await.unwrap();
    let again = scene.told(&receiver).await;
    let ids = |messages: &[super::receiver::Message]| -> Vec<String> {
        messages.iter().map(|one| one.id().to_owned()).collect()
    };
    assert_eq!(ids(&again), ids(&told));
}

#[tokio::test]
async fn of_one_job_messages_go_one_after_another_in_the_order_of_what_happened() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([curious("crm", &receiver)]).await;
    for number in 0..12 {
        scene.filed(number).await;
    }
    receiver.will(vec![Manner::Take; 36]);
    let told = scene.told(&receiver).await;
    assert_eq!(told.len(), 36);
    for number in 0..12 {
        let caller = format!("c-{number}");
        let of_job = told
            .iter()
            .filter(|one| one.json()["data"]["captchaId"] == caller.as_str());
        let of_job: Vec<_> = of_job.cloned().collect();
        assert_eq!(
            kinds(&of_job),
            ["job.pending", "job.processing", "job.completed"]
        );
    }
}
