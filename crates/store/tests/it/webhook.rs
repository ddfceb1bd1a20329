//! Webhooks, and what they are to be told.

use formhand_domain::{JobId, WebhookName};
use formhand_store::{
    Delivery, DeliveryFilter, DeliveryState, DeliveryTry, NewDelivery, Store, SwitchedOff,
    WebhookFailing, WebhookState,
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    backend::{Backend, on_a_sealed_database, on_every_backend},
    given::{at, start},
};

on_every_backend! {
    a_webhook_is_begun_once_and_its_place_only_rises,
    how_a_webhook_stands_is_written_over_by_nobody_who_has_not_read_it,
    a_delivery_is_made_once_and_stays_as_it_was_made,
    what_is_due_comes_in_the_order_in_which_it_is_due,
    of_two_that_have_tried_the_same_delivery_one_is_heard,
    what_was_delivered_can_be_replayed_under_the_same_id,
    deliveries_are_listed_page_by_page_newest_first,
    deliveries_are_counted_by_webhook_and_state,
    what_ended_or_was_made_long_ago_is_removed_and_nothing_else,
    many_that_make_the_same_deliveries_make_them_once,
}

on_a_sealed_database! {
    a_delivery_is_made_once_and_stays_as_it_was_made,
    deliveries_are_listed_page_by_page_newest_first,
}

pub(crate) fn named(name: &str) -> WebhookName {
    WebhookName::new(name).unwrap()
}

pub(crate) fn message(number: u64) -> NewDelivery {
    NewDelivery {
        id: format!("msg_{number:04}"),
        kind: "job.completed".into(),
        job: Some(job(number % 2)),
        body: format!("{{\"number\": {number}}}"),
    }
}

fn job(number: u64) -> JobId {
    JobId::new(start(), u128::from(number))
}

/// Makes the messages of these numbers for a webhook that is begun.
async fn made(store: &dyn Store, name: &str, numbers: std::ops::Range<u64>, now: Timestamp) {
    let name = named(name);
    store.begin_webhook(&name, 0).await.unwrap();
    let place = numbers.end;
    let new = numbers.map(message).collect();
    store.make_deliveries(&name, place, new, now).await.unwrap();
}

async fn one(store: &dyn Store, name: &str, number: u64) -> Delivery {
    let found = store.delivery(&named(name), &message(number).id).await;
    found.unwrap().expect("it was made")
}

async fn ids(store: &dyn Store, name: &str, seconds: i64) -> Vec<String> {
    let due = store.due_deliveries(&named(name), at(seconds), 100).await;
    due.unwrap().into_iter().map(|due| due.message.id).collect()
}

pub(crate) fn tried(status: u16) -> DeliveryTry {
    DeliveryTry {
        at: at(3),
        status: Some(status),
        took_ms: 12,
        error: (status >= 300).then(|| format!("it answered {status}")),
    }
}

/// Says what became of a try.
async fn end(store: &dyn Store, delivery: Delivery, state: DeliveryState) -> bool {
    let status = if matches!(state, DeliveryState::Delivered { .. }) {
        204
    } else {
        503
    };
    let changed = delivery.tried(tried(status), state);
    store.save_delivery(changed).await.unwrap()
}

async fn a_webhook_is_begun_once_and_its_place_only_rises(backend: &dyn Backend) {
    let (one, other) = (backend.open().await, backend.open().await);
    let name = named("crm");
    assert_eq!(one.webhook(&name).await.unwrap(), None);
    let begun = one.begin_webhook(&name, 7).await.unwrap();
    assert_eq!((begun.place, begun.revision), (7, 1));
    assert_eq!(begun.state, WebhookState::default());
    assert_eq!(other.begin_webhook(&name, 9).await.unwrap(), begun);
    for (place, expected) in [(8, 8), (5, 8), (8, 8), (12, 12)] {
        let moved = other.make_deliveries(&name, place, Vec::new(), at(0));
        moved.await.unwrap();
        let found = one.webhook(&name).await.unwrap().unwrap();
        assert_eq!((found.place, found.revision), (expected, 1));
    }
    other.begin_webhook(&named("books"), 0).await.unwrap();
    let all = one.webhooks().await.unwrap();
    let names: Vec<&str> = all.iter().map(|known| known.name.as_str()).collect();
    assert_eq!(names, ["books", "crm"]);
}

async fn how_a_webhook_stands_is_written_over_by_nobody_who_has_not_read_it(backend: &dyn Backend) {
    let (one, other) = (backend.open().await, backend.open().await);
    let name = named("crm");
    let said = || "it answered 410 Gone".to_owned();
    let off = WebhookState {
        off: Some(SwitchedOff {
            at: at(1),
            said: said(),
        }),
        failing: Some(WebhookFailing {
            since: at(1),
            said: said(),
        }),
        asked_at: Some(at(1)),
    };
    assert!(!one.save_webhook(&name, 1, off.clone()).await.unwrap());
    one.begin_webhook(&name, 0).await.unwrap();
    assert!(one.save_webhook(&name, 1, off.clone()).await.unwrap());
    let late = other.save_webhook(&name, 1, WebhookState::default()).await;
    assert!(!late.unwrap());
    let found = other.webhook(&name).await.unwrap().unwrap();
    assert_eq!((found.revision, found.state), (2, off));
}

async fn a_delivery_is_made_once_and_stays_as_it_was_made(backend: &dyn Backend) {
    let (store, other) = (backend.open().await, backend.open().await);
    made(&*store, "crm", 0..2, at(0)).await;
    let first = one(&*other, "crm", 1).await;
    assert_eq!((&first.message, first.made_at), (&message(1), at(0)));
    assert_eq!((first.revision, first.tries.len()), (1, 0));
    let at_once = DeliveryState::Pending {
        next_at: at(0),
        tries: 0,
    };
    assert_eq!(first.state, at_once);
    let delivered = DeliveryState::Delivered { at: at(3) };
    assert!(end(&*store, first, delivered.clone()).await);
    // The same again, with others that are new.
    made(&*other, "crm", 0..4, at(5)).await;
    let again = one(&*store, "crm", 1).await;
    assert_eq!((again.made_at, &again.state), (at(0), &delivered));
    assert_eq!(again.tries, [tried(204)]);
    assert_eq!(
        ids(&*store, "crm", 5).await,
        ["msg_0000", "msg_0002", "msg_0003"]
    );
    assert_eq!(
        store.delivery(&named("crm"), "msg_0009").await.unwrap(),
        None
    );
    assert_eq!(
        store.delivery(&named("books"), "msg_0001").await.unwrap(),
        None
    );
}

async fn what_is_due_comes_in_the_order_in_which_it_is_due(backend: &dyn Backend) {
    let store = backend.open().await;
    made(&*store, "crm", 0..4, at(0)).await;
    made(&*store, "books", 0..1, at(0)).await;
    let crm = named("crm");
    assert_eq!(store.next_delivery_at(&crm).await.unwrap(), Some(at(0)));
    for (number, next) in [(0, 60), (1, 30)] {
        let delivery = one(&*store, "crm", number).await;
        let later = DeliveryState::Pending {
            next_at: at(next),
            tries: 1,
        };
        assert!(end(&*store, delivery, later).await);
    }
    assert_eq!(ids(&*store, "crm", -1).await, Vec::<String>::new());
    assert_eq!(ids(&*store, "crm", 29).await, ["msg_0002", "msg_0003"]);
    assert_eq!(
        ids(&*store, "crm", 60).await,
        ["msg_0002", "msg_0003", "msg_0001", "msg_0000"]
    );
    let two = store.due_deliveries(&crm, at(60), 2).await.unwrap();
    assert_eq!(two.len(), 2);
    for (number, state) in [
        (2, DeliveryState::Delivered { at: at(3) }),
        (3, DeliveryState::Failed { at: at(3) }),
    ] {
        let delivery = one(&*store, "crm", number).await;
        assert!(end(&*store, delivery, state).await);
    }
    assert_eq!(store.next_delivery_at(&crm).await.unwrap(), Some(at(30)));
    let nobody = store.next_delivery_at(&named("nobody")).await.unwrap();
    assert_eq!(nobody, None);
}

async fn of_two_that_have_tried_the_same_delivery_one_is_heard(backend: &dyn Backend) {
    let (store, other) = (backend.open().await, backend.open().await);
    made(&*store, "crm", 0..1, at(0)).await;
    let (ours, theirs) = (one(&*store, "crm", 0).await, one(&*other, "crm", 0).await);
    assert!(end(&*store, ours, DeliveryState::Delivered { at: at(3) }).await);
    let later = DeliveryState::Pending {
        next_at: at(9),
        tries: 1,
    };
    assert!(!end(&*other, theirs, later).await);
    let found = one(&*other, "crm", 0).await;
    assert_eq!((found.revision, found.tries.len()), (2, 1));
    assert_eq!(found.state, DeliveryState::Delivered { at: at(3) });
}

async fn what_was_delivered_can_be_replayed_under_the_same_id(backend: &dyn Backend) {
    let store = backend.open().await;
    made(&*store, "crm", 0..1, at(0)).await;
    let first = one(&*store, "crm", 0).await;
    assert!(end(&*store, first, DeliveryState::Failed { at: at(3) }).await);
    let failed = one(&*store, "crm", 0).await;
    assert!(store.save_delivery(failed.replayed(at(9))).await.unwrap());
    let replayed = one(&*store, "crm", 0).await;
    let anew = DeliveryState::Pending {
        next_at: at(9),
        tries: 0,
    };
    assert_eq!((&replayed.message, &replayed.state), (&message(0), &anew));
    assert_eq!(replayed.tries, [tried(503)]);
    assert_eq!(ids(&*store, "crm", 9).await, ["msg_0000"]);
}

async fn deliveries_are_listed_page_by_page_newest_first(backend: &dyn Backend) {
    let store = backend.open().await;
    made(&*store, "crm", 0..3, at(0)).await;
    made(&*store, "crm", 3..6, at(1)).await;
    made(&*store, "books", 0..2, at(1)).await;
    let first = one(&*store, "crm", 4).await;
    assert!(end(&*store, first, DeliveryState::Failed { at: at(3) }).await);
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let all = DeliveryFilter::default();
        let page = store
            .deliveries(&named("crm"), all, after, 4)
            .await
            .unwrap();
        seen.extend(page.deliveries.into_iter().map(|one| one.message.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let expected = [5, 4, 3, 2, 1, 0].map(|number| message(number).id);
    assert_eq!(seen, expected);
    let of = async |filter: DeliveryFilter| -> Vec<String> {
        let page = store
            .deliveries(&named("crm"), filter, None, 500)
            .await
            .unwrap();
        page.deliveries
            .into_iter()
            .map(|one| one.message.id)
            .collect()
    };
    let state = Some("failed");
    let failed = DeliveryFilter {
        state,
        ..DeliveryFilter::default()
    };
    assert_eq!(of(failed).await, ["msg_0004"]);
    let of_job = DeliveryFilter {
        job: Some(job(1)),
        ..DeliveryFilter::default()
    };
    assert_eq!(of(of_job).await, ["msg_0005", "msg_0003", "msg_0001"]);
    let since = DeliveryFilter {
        since: Some(at(1)),
        ..DeliveryFilter::default()
    };
    assert_eq!(of(since).await, ["msg_0005", "msg_0004", "msg_0003"]);
    let both = DeliveryFilter {
        state: Some("pending"),
        job: Some(job(0)),
        since: Some(at(1)),
    };
    assert_eq!(of(both).await, Vec::<String>::new());
}

async fn deliveries_are_counted_by_webhook_and_state(backend: &dyn Backend) {
    let store = backend.open().await;
    assert_eq!(store.delivery_counts().await.unwrap(), []);
    made(&*store, "crm", 0..3, at(0)).await;
    made(&*store, "crm", 3..4, at(5)).await;
    made(&*store, "books", 0..1, at(6)).await;
    for (number, second) in [(0, 7), (3, 9)] {
        let delivery = one(&*store, "crm", number).await;
        assert!(
            end(
                &*store,
                delivery,
                DeliveryState::Delivered { at: at(second) }
            )
            .await
        );
    }
    let mut counts = store.delivery_counts().await.unwrap();
    counts.sort_by(|one, other| (&one.webhook, &one.state).cmp(&(&other.webhook, &other.state)));
    let shown: Vec<_> = counts
        .iter()
        .map(|of| {
            (
                of.webhook.as_str(),
                of.state.as_str(),
                of.count,
                of.oldest_made_at,
                of.last_ended_at,
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("books", "pending", 1, at(6), None),
            ("crm", "delivered", 2, at(0), Some(at(9))),
            ("crm", "pending", 2, at(0), None),
        ]
    );
}

async fn what_ended_or_was_made_long_ago_is_removed_and_nothing_else(backend: &dyn Backend) {
    let store = backend.open().await;
    let day = |days: i64| start() + SignedDuration::from_hours(24 * days);
    made(&*store, "crm", 0..1, day(-40)).await;
    made(&*store, "crm", 1..6, day(0)).await;
    for (number, state) in [
        (1, DeliveryState::Delivered { at: day(1) }),
        (2, DeliveryState::Delivered { at: day(3) }),
        (3, DeliveryState::Failed { at: day(1) }),
        (4, DeliveryState::Failed { at: day(3) }),
    ] {
        let delivery = one(&*store, "crm", number).await;
        assert!(end(&*store, delivery, state).await);
    }
    let remove = async |limit| {
        let removed = store.remove_deliveries(day(2), day(3), day(-30), limit);
        removed.await.unwrap()
    };
    assert_eq!(remove(1).await, 1);
    assert_eq!(remove(100).await, 2);
    assert_eq!(remove(100).await, 0);
    let all = DeliveryFilter::default();
    let left = store
        .deliveries(&named("crm"), all, None, 100)
        .await
        .unwrap();
    let left: Vec<String> = left
        .deliveries
        .into_iter()
        .map(|one| one.message.id)
        .collect();
    assert_eq!(left, ["msg_0005", "msg_0004", "msg_0002"]);
}

async fn many_that_make_the_same_deliveries_make_them_once(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    let mut servers = tokio::task::JoinSet::new();
    for server in 0..8_usize {
        let store = handles[server % 2].clone();
        servers.spawn(async move { made(&*store, "crm", 0..20, at(0)).await });
    }
    servers.join_all().await;
    let due = ids(&*handles[0], "crm", 0).await;
    let expected: Vec<String> = (0..20).map(|number| message(number).id).collect();
    assert_eq!(due, expected);
}
