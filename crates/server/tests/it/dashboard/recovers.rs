//! A session is brought back by a button.

use super::desk::Desk;
use crate::crash::support::{Scene, SceneOptions};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_recovered_while_its_page_is_looked_at() {
    let scene = Scene::new(SceneOptions::default()).await;
    let server = scene.serve().await;
    let job = server.submit(1).await;
    assert!(server.end_of(&job).await.is_done());
    assert_eq!(scene.practice.logins(), 1);
    scene.practice.expire_sessions();

    let desk = Desk::at(&server).await;
    desk.open("/sessions").await;
    desk.click("#sessions tbody th a").await;
    desk.sees("#session .badge[data-tone=good]", "Active").await;
    desk.click("form[action$='/recover'] button").await;
    desk.sees(".done", "A recovery was asked for").await;
    desk.sees("#session tbody tr:first-child", "cause asked")
        .await;
    desk.sees("#session .facts", "2 (logins so far)").await;
    assert_eq!(scene.practice.logins(), 2);

    // That a person asked for it is in the audit, which holds.
    desk.open("/audit").await;
    desk.sees("#audit tbody", "recover session").await;
    desk.sees("#audit tbody", "submit").await;
    desk.click("form[action='/audit/prove'] button").await;
    desk.sees(".done", "A proof was asked for").await;
    desk.sees("#proof", "holds, ").await;
    desk.leave().await;
    scene.finish(server, &[(1, &job)]).await;
}
