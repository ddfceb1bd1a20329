//! What is noted of people.

use formhand_domain::{NodeId, QuestionId, SourceName, WebhookName};
use formhand_store::{Act, Content, Deed, Kept, SessionWish};

use super::support::{links, proof};
use crate::{
    backend::{Backend, on_every_backend},
    given::{account, at},
};

on_every_backend! {
    every_deed_is_read_as_it_was_noted,
}

async fn every_deed_is_read_as_it_was_noted(backend: &dyn Backend) {
    let store = backend.open().await;
    let node = NodeId::new("node-1").unwrap();
    let source = SourceName::new("policies").unwrap();
    let webhook = WebhookName::new("crm").unwrap();
    let deeds = [
        Deed::Forgive(account()),
        Deed::WishSession(account(), SessionWish::Recover),
        Deed::WishSession(account(), SessionWish::LogIn),
        Deed::WishSession(account(), SessionWish::LogOut),
        Deed::Answer(QuestionId::new("q1").unwrap()),
        Deed::Drain(node.clone()),
        Deed::Resume(node),
        Deed::Silence {
            what: "every rule about everything".into(),
            until: at(60),
        },
        Deed::Unsilence("00ff00ff".into()),
        Deed::RetryQuarantine(source.clone()),
        Deed::DropQuarantine(source),
        Deed::EnableWebhook(webhook.clone()),
        Deed::Replay {
            webhook,
            what: "message msg_1".into(),
        },
    ];
    let acts = deeds.map(|deed| Act::of_person("mina", deed, at(1)));
    for act in &acts {
        store.note(act.clone()).await.unwrap();
    }
    let read = links(&*store)
        .await
        .into_iter()
        .map(|link| match link.kept {
            Kept::Whole {
                content: Content::Act(act),
                ..
            } => act,
            other => panic!("{other:?} is no act"),
        });
    assert_eq!(read.collect::<Vec<_>>(), acts);
    assert!(proof(&*store).await.is_ok());
}
