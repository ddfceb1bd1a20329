//! A message is seen, and sent once more.

use super::desk::Desk;
use crate::{
    crash::support::{Scene, SceneOptions},
    webhooks::{Manner, Receiver},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_seen_and_sent_again_from_the_page() {
    let receiver = Receiver::start().await;
    let scene = Scene::new(SceneOptions {
        more: format!(
            "[[webhooks]]\nname = \"crm\"\nurl = \"{}\"\nsecret_file = \"hook\"\n",
            receiver.url()
        ),
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let job = server.submit(1).await;
    server.end_of(&job).await;
    receiver.until(1).await;
    let first = receiver.take().remove(0);
    assert_eq!(first.kind(), "job.completed");
    let desk = Desk::at(&server).await;
    desk.open("/webhooks").await;
    desk.sees("#webhook-crm tbody tr", "delivered").await;
    desk.click("#webhook-crm tbody form button").await;
    desk.sees(".done", "sent once more").await;
    receiver.until(1).await;
    assert_eq!(receiver.take()[0].id(), first.id());
    receiver.will([Manner::Answer(404, "")]);
    desk.click("form[action='/webhooks/crm/test'] button").await;
    desk.sees(".done", "has not taken the test").await;
    receiver.take();
    // The browser itself does not send a form that is not meant.
    desk.click("#sure-crm").await;
    desk.click("form[action='/webhooks/crm/replay-since'] button")
        .await;
    desk.sees(".done", "They are sent once more").await;
    receiver.until(1).await;
    assert_eq!(receiver.take()[0].id(), first.id());
    desk.leave().await;
    scene.finish(server, &[(1, &job)]).await;
}
