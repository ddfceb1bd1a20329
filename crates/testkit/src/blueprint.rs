//! What an engine of a world is started with, as often as it is started.

use std::{path::Path, path::PathBuf, sync::Arc, time::Duration};

use formhand_domain::{
    AccountKey, AccountName, Clock, NodeId, PortalName, Secret, account::RecoveryRules,
};
use formhand_engine::{
    AccountSetup, BrowserSetup, EngineSetup, GateSwitch, Keeping, Retention, SealKey, Timing, Wear,
};
use formhand_evidence::Remote;
use formhand_portal::Portal;
use formhand_practice::User;
use formhand_store::Store;
use jiff::SignedDuration;

use crate::{WorldOptions, flow_of, practice_portal};

/// What an engine of a world is started with.
pub(crate) struct Blueprint {
    portal: Arc<Portal>,
    accounts: Vec<AccountSetup>,
    workers: usize,
    timing: Timing,
    clock: Arc<dyn Clock>,
    worker: Option<PathBuf>,
    wear: Wear,
    pub(crate) retention: Retention,
    remote: Option<Remote>,
    keeping: Keeping,
    seal: Option<SealKey>,
    folder: PathBuf,
}

impl Blueprint {
    pub(crate) fn new(options: WorldOptions, url: &str, folder: &Path) -> Self {
        let mut portal = practice_portal(url);
        hurry(&mut portal.session.recovery);
        if !options.searches {
            // What is unknown stays so, unless it is the search that is tested.
            flow_of(&mut portal).verify = None;
        }
        for change in options.changes {
            change(&mut portal);
        }
        let account = |user: &User| AccountSetup {
            key: key(&portal.name, &user.name),
            user: user.name.clone(),
            password: Secret::new(options.password.as_ref().unwrap_or(&user.password)),
            solver: options.solver.clone(),
            one_time_code: options.one_time_code.clone(),
            max_parallel: None,
        };
        Self {
            accounts: options.practice.users.iter().map(account).collect(),
            portal: Arc::new(portal),
            workers: options.workers,
            timing: options.timing,
            clock: options.clock,
            worker: options.worker,
            wear: options.wear,
            retention: Retention::default(),
            remote: options.remote,
            keeping: options.keeping,
            seal: options.shares.then(|| SealKey::new([7; 32])),
            folder: folder.to_owned(),
        }
    }

    pub(crate) fn setup(&self, store: Arc<dyn Store>) -> EngineSetup {
        self.setup_of("test", &self.folder, store)
    }

    /// For a server of this name, with what it keeps on disk in this folder.
    pub(crate) fn setup_of(&self, node: &str, folder: &Path, store: Arc<dyn Store>) -> EngineSetup {
        EngineSetup {
            node: NodeId::new(node).expect("a name"),
            store,
            clock: Arc::clone(&self.clock),
            portals: vec![Arc::clone(&self.portal)],
            accounts: self.accounts.clone(),
            workers: self.workers,
            timing: self.timing.clone(),
            browser: BrowserSetup {
                profiles: folder.join("profiles"),
                worker: self.worker.clone(),
                master: None,
                wear: self.wear.clone(),
            },
            evidence: folder.join("evidence"),
            remote: self.remote.clone(),
            keeping: self.keeping,
            retention: self.retention,
            seal: self.seal.clone(),
            sources: Vec::new(),
            gate: GateSwitch::On,
        }
    }

    pub(crate) fn account(&self, name: &str) -> AccountKey {
        key(&self.portal.name, name)
    }
}

/// The same recovery, without its pauses.
fn hurry(rules: &mut RecoveryRules) {
    for level in [&mut rules.soft, &mut rules.hard, &mut rules.nuclear] {
        level.pause = Duration::from_millis(20);
    }
    rules.cool_down = SignedDuration::from_millis(100);
}

/// An account has the name of its user, without the point that names cannot have.
fn key(portal: &PortalName, user: &str) -> AccountKey {
    AccountKey {
        portal: portal.clone(),
        account: AccountName::new(user.replace('.', "-")).expect("a name"),
    }
}
