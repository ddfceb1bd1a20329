//! Starts an engine: first what a former process left is put right, then work begins.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use formhand_browser::{Kind, clear_after_death};
use formhand_evidence::Evidence;
use formhand_portal::{CloneMode, Portal};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use super::{Engine, EngineError};
use crate::{
    EngineSetup, Intake, IntakeWatch, NoSources, Sight, TakeOvers, WatchSetup,
    browsers::{Workers, kill_orphans},
    captcha::solver_of,
    housekeeping::{Courier, Housekeeper},
    nodes::{Announcer, AtWork, Paused},
    one_time_code::{patience_of, source_of},
    questions::PATIENCE,
    queue::{Account, Dispatcher, Shop, Verifier, recover_own},
    right::RightTiming,
    session::{CloneLogin, Keeper, KeeperSetup, Sharing},
    setup::{AccountSetup, SolverSetup, SourceSetup},
};

impl Engine {
    /// Recovers what a former process of this server left, then starts to work.
    ///
    /// The caller holds the lock of the data folder, so that no other process works in it.
    pub async fn start(setup: EngineSetup) -> Result<Self, EngineError> {
        find_browsers(&setup)?;
        make_folder(&setup.browser.profiles)?;
        make_folder(&setup.evidence)?;
        clear_leftovers(&setup.browser.profiles).await;
        let recovered =
            recover_own(&setup.store, &setup.clock, &setup.node, setup.timing.retry).await?;
        if recovered > 0 {
            tracing::warn!(
                jobs = recovered,
                "took over the jobs of this server's former process"
            );
        }
        let intake = Intake::new(
            Arc::clone(&setup.store),
            Arc::clone(&setup.clock),
            &setup.portals,
            &setup.accounts,
        );
        let workers = setup.workers;
        let retention = setup.retention;
        let sources = setup.sources.clone();
        let paused = Paused::default();
        let shop = Arc::new(shop(setup, &paused)?);
        let watch = watch(&shop, &intake, sources)?;
        let desk = watch.desk();
        let dispatcher = Dispatcher {
            shop: Arc::clone(&shop),
            workers,
        };
        let verifier = Verifier {
            shop: Arc::clone(&shop),
        };
        let housekeeper = Housekeeper {
            store: Arc::clone(&shop.store),
            evidence: shop.evidence.clone(),
            clock: Arc::clone(&shop.clock),
            retention,
            draining: shop.draining.clone(),
        };
        let courier = Courier {
            store: Arc::clone(&shop.store),
            evidence: shop.evidence.clone(),
            draining: shop.draining.clone(),
        };
        let announcer = Announcer {
            shop: Arc::clone(&shop),
            workers,
            paused,
            started_at: shop.clock.now(),
        };
        let work = tokio::spawn(async {
            tokio::join!(
                dispatcher.run(),
                verifier.run(),
                housekeeper.run(),
                courier.run(),
                announcer.run(),
                watch.run()
            );
        });
        Ok(Self {
            intake,
            sources: desk,
            shop,
            work: Mutex::new(Some(work)),
        })
    }
}

fn watch(
    shop: &Arc<Shop>,
    intake: &Intake,
    sources: Vec<SourceSetup>,
) -> Result<IntakeWatch, NoSources> {
    let setup = WatchSetup {
        node: shop.node.clone(),
        store: Arc::clone(&shop.store),
        clock: Arc::clone(&shop.clock),
        intake: intake.clone(),
        lease: shop.timing.lease,
        renew_every: shop.timing.renew_every,
        sources,
    };
    IntakeWatch::new(setup, &shop.draining)
}

/// A server that cannot file anything says so at its start, not at its first job.
fn find_browsers(setup: &EngineSetup) -> Result<(), EngineError> {
    if setup.browser.worker.is_none() {
        Kind::StillShell.find()?;
    }
    if setup.browser.master.is_none() {
        Kind::Chromium.find()?;
    }
    Ok(())
}

fn make_folder(folder: &Path) -> Result<(), EngineError> {
    use std::os::unix::fs::DirBuilderExt;
    // Profiles hold logins, and evidence shows what portals show.
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|source| EngineError::Folder {
            folder: folder.to_owned(),
            source,
        })
}

/// Browsers first: their owner is dead, and nothing of its jobs may be judged while one of them could still act.
async fn clear_leftovers(profiles: &Path) {
    let folder = profiles.to_owned();
    let killed = tokio::task::spawn_blocking(move || kill_orphans(&folder))
        .await
        .unwrap_or(0);
    if killed > 0 {
        tracing::warn!(
            processes = killed,
            "ended browsers of this server's former process"
        );
    }
    let Ok(mut entries) = tokio::fs::read_dir(profiles).await else {
        return;
    };
    while let Ok(Some(entry)) = entries.next_entry().await {
        clear_after_death(&entry.path());
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("worker-") || name.contains(".source-") {
            // What workers work in, and what that is copied from, is made anew.
            let _ = tokio::fs::remove_dir_all(entry.path()).await;
        }
    }
}

fn shop(setup: EngineSetup, paused: &Paused) -> Result<Shop, EngineError> {
    let portals: BTreeMap<_, _> = setup
        .portals
        .iter()
        .map(|portal| (portal.name.clone(), Arc::clone(portal)))
        .collect();
    let mut accounts = BTreeMap::new();
    for account in &setup.accounts {
        let portal = portals
            .get(&account.key.portal)
            .ok_or_else(|| EngineError::AccountWithoutPortal(account.key.clone()))?;
        accounts.insert(account.key.clone(), keep(&setup, paused, portal, account));
    }
    Ok(Shop {
        node: setup.node,
        store: setup.store,
        clock: setup.clock,
        portals,
        accounts,
        workers: Workers::new(setup.browser),
        timing: setup.timing,
        evidence: Evidence::at(setup.evidence).with_remote(setup.remote),
        keeping: setup.keeping,
        gate: setup.gate,
        at_work: AtWork::default(),
        sight: Sight::default(),
        take_overs: TakeOvers::default(),
        paused: paused.watch(),
        draining: CancellationToken::new(),
    })
}

/// What a login may take beside the portal's own time: a person who is asked, or the next one-time code.
fn patience(account: &AccountSetup) -> Duration {
    let solver = match account.solver {
        SolverSetup::Human => PATIENCE,
        _ => Duration::ZERO,
    };
    solver + patience_of(account)
}

fn keep(
    setup: &EngineSetup,
    paused: &Paused,
    portal: &Arc<Portal>,
    account: &AccountSetup,
) -> Account {
    let of_portal = portal.session.max_parallel;
    let setup = KeeperSetup {
        sharing: Sharing {
            node: setup.node.clone(),
            right: RightTiming {
                lease: setup.timing.lease,
                renew_every: setup.timing.renew_every,
            },
            seal: setup.seal.clone(),
            paused: paused.watch(),
        },
        portal: Arc::clone(portal),
        account: account.clone(),
        solver: solver_of(account, &setup.store, &setup.clock),
        codes: source_of(account, &setup.store, &setup.clock),
        store: Arc::clone(&setup.store),
        clock: Arc::clone(&setup.clock),
        profile: setup.browser.profiles.join(format!(
            "master-{}-{}",
            account.key.portal, account.key.account
        )),
        executable: setup.browser.master.clone(),
        step_timeout: setup.timing.step,
        patience: patience(account),
        wait: setup.timing.session_wait,
    };
    let logs_in_itself = portal.session.clone == CloneMode::Login;
    Account {
        login: logs_in_itself.then(|| CloneLogin::new(setup.clone())),
        keeper: Keeper::start(setup),
        pace: portal.session.pace,
        max_parallel: account
            .max_parallel
            .map_or(of_portal, |most| most.min(of_portal)),
    }
}
