//! A real store whose facts are made by real transitions, a clock that is moved by hand, and channels to real servers.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use formhand_domain::{AccountKey, AccountName, Clock, ManualClock, NodeId, PortalName, Secret};
use formhand_server::{
    alerts::{
        AlertDesk, AlertSetup, ChannelKind, ChannelSetup, MailSecurity, MailSetup, SigningKey,
        Watcher,
    },
    webhooks::{Deliverer, WebhookDesk, WebhookSetup, WebhooksSetup},
};
use formhand_store::{SqliteStore, Store};
use jiff::{SignedDuration, Timestamp};

use super::{
    hooks::{Hooks, SECRET},
    smtpd::Smtpd,
};

/// A person whose name must never be part of an alert; it stands in every record, label and word of a portal.
pub(super) const PERSON: &str = "Asha Planted";

/// Room enough on a disk.
pub(super) const ROOM: u64 = 1 << 40;

/// One installation.
pub(super) struct Scene {
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: ManualClock,
    pub(super) setup: AlertSetup,
    webhooks: WebhooksSetup,
    pub(super) watcher: Watcher,
    pub(super) free: Arc<AtomicU64>,
    _folder: tempfile::TempDir,
}

/// The account of these tests.
pub(super) fn account() -> AccountKey {
    AccountKey {
        portal: PortalName::new("garden").unwrap(),
        account: AccountName::new("main").unwrap(),
    }
}

pub(super) fn node(name: &str) -> NodeId {
    NodeId::new(name).unwrap()
}

/// A signed webhook to these hooks.
pub(super) fn plain(hooks: &Hooks) -> ChannelSetup {
    ChannelSetup {
        name: "pager".to_owned(),
        kind: ChannelKind::Webhook {
            url: hooks.url("/plain"),
            key: SigningKey::parse(&Secret::new(SECRET)).unwrap(),
        },
    }
}

/// A webhook as Slack's to these hooks.
pub(super) fn slack(hooks: &Hooks) -> ChannelSetup {
    ChannelSetup {
        name: "team".to_owned(),
        kind: ChannelKind::Slack {
            url: hooks.url("/slack"),
        },
    }
}

/// Mail over a server on this machine.
pub(super) fn mail(port: u16) -> ChannelSetup {
    ChannelSetup {
        name: "night".to_owned(),
        kind: ChannelKind::Mail(MailSetup {
            host: "127.0.0.1".to_owned(),
            port,
            security: MailSecurity::None,
            login: None,
            from: "Formhand <formhand@example.com>".parse().unwrap(),
            to: vec!["ops@example.com".parse().unwrap()],
        }),
    }
}

/// All three.
pub(super) fn everybody(smtpd: &Smtpd, hooks: &Hooks) -> Vec<ChannelSetup> {
    vec![mail(smtpd.port()), slack(hooks), plain(hooks)]
}

impl Scene {
    pub(super) fn new(channels: Vec<ChannelSetup>) -> Self {
        Self::telling(channels, Vec::new())
    }

    /// One that also tells these webhooks what becomes of jobs.
    pub(super) fn telling(channels: Vec<ChannelSetup>, webhooks: Vec<WebhookSetup>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path().join("formhand.db")).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let clock = ManualClock::at("2026-01-05T09:00:00Z".parse().unwrap());
        let free = Arc::new(AtomicU64::new(ROOM));
        let setup = AlertSetup {
            channels,
            ..AlertSetup::default()
        };
        let webhooks = WebhooksSetup {
            webhooks,
            ..WebhooksSetup::default()
        };
        let desk = desk(&store, &clock, &webhooks);
        let watcher = watcher(&store, &clock, &setup, desk, &free, "node-a");
        Self {
            store,
            clock,
            setup,
            webhooks,
            watcher,
            free,
            _folder: folder,
        }
    }

    /// Another server, or the next process of this one.
    pub(super) fn another(&self, name: &str) -> Watcher {
        watcher(
            &self.store,
            &self.clock,
            &self.setup,
            self.desk(),
            &self.free,
            name,
        )
    }

    /// Who tells webhooks.
    pub(super) fn deliverer(&self) -> Deliverer {
        Deliverer::new(self.desk(), node("node-a"))
    }

    /// What a person does with webhooks.
    pub(super) fn desk(&self) -> WebhookDesk {
        desk(&self.store, &self.clock, &self.webhooks)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn wait(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// A round, and another when what it has seen is told: later than a message can be kept back.
    pub(super) async fn watch(&mut self) {
        self.watcher.round().await.unwrap();
        self.wait(301);
        self.watcher.round().await.unwrap();
    }

    /// What the store knows of alerts.
    pub(super) async fn written(&self) -> String {
        let slate = self.store.slate("alerts").await.unwrap();
        slate.unwrap().text
    }
}

fn desk(store: &Arc<dyn Store>, clock: &ManualClock, setup: &WebhooksSetup) -> WebhookDesk {
    let clock = Arc::new(clock.clone());
    WebhookDesk::new(Arc::clone(store), clock, || 0.0, setup.clone()).unwrap()
}

fn watcher(
    store: &Arc<dyn Store>,
    clock: &ManualClock,
    setup: &AlertSetup,
    webhooks: WebhookDesk,
    free: &Arc<AtomicU64>,
    name: &str,
) -> Watcher {
    let clock: Arc<dyn Clock> = Arc::new(clock.clone());
    let desk = AlertDesk::new(Arc::clone(store), clock, setup.clone()).unwrap();
    let free = Arc::clone(free);
    let free = Arc::new(move || Ok(free.load(Ordering::SeqCst)));
    Watcher::new(desk, node(name), [account()].into(), webhooks, free)
}
