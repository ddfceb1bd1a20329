//! Starting, steering and stopping a practice portal.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::clock;
use crate::faults::{Fault, FaultError, FaultSet};
use crate::http;
use crate::ledger::{EndReason, Entry, Event, LoginOutcome, Payment, Save};
use crate::options::{OptionError, Options};
use crate::session::{SessionLife, end_in_time};
use crate::wire::{Cutter, CuttingListener};
use crate::world::World;

/// Why the portal did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port could not be had.
    #[error("bind 127.0.0.1:{port}")]
    Bind {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// A fault of the options makes no sense.
    #[error("read the faults")]
    Fault(#[from] FaultError),
    /// Another option makes no sense.
    #[error("read the options")]
    Option(#[from] OptionError),
}

/// A running portal. It stops when this is dropped.
pub struct Practice {
    url: String,
    world: Arc<World>,
    stop: DropGuard,
    serving: JoinHandle<()>,
}

/// Starts a portal on 127.0.0.1.
pub async fn start(options: Options) -> Result<Practice, StartError> {
    options.check()?;
    let port = options.port;
    let world = Arc::new(World::new(options)?);
    let bind = |source| StartError::Bind { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(bind)?;
    let url = format!("http://{}", listener.local_addr().map_err(bind)?);
    let stop = CancellationToken::new();
    let serving = tokio::spawn(serve(
        listener,
        http::router(&world),
        Arc::clone(&world),
        stop.clone(),
    ));
    Ok(Practice {
        url,
        world,
        stop: stop.drop_guard(),
        serving,
    })
}

async fn serve(listener: TcpListener, router: Router, world: Arc<World>, stop: CancellationToken) {
    let service = router.into_make_service_with_connect_info::<Cutter>();
    let stopped = stop.clone();
    let serve = axum::serve(CuttingListener(listener), service)
        .with_graceful_shutdown(async move { stopped.cancelled().await });
    let grace = async {
        stop.cancelled().await;
        world.ledger.release();
        // A browser keeps idle connections open for minutes; nobody should wait for them.
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    };
    tokio::select! {
        () = end_in_time(Arc::clone(&world)) => {}
        ended = serve => if let Err(error) = ended {
            tracing::error!(%error, "the practice portal stopped serving");
        },
        () = grace => {}
    }
}

impl Practice {
    /// The portal's origin, such as `http://127.0.0.1:4600`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where the admin API is.
    pub fn admin_url(&self) -> String {
        format!("{}/__practice", self.url)
    }

    /// Replaces all faults.
    pub fn set_faults(&self, faults: Vec<Fault>) -> Result<(), FaultError> {
        let set = FaultSet::new(faults)?;
        self.world.lock().faults = set;
        Ok(())
    }

    /// Switches one more fault on.
    pub fn add_fault(&self, fault: Fault) -> Result<(), FaultError> {
        self.world.lock().faults.add(fault)
    }

    /// The faults that can still fire.
    pub fn faults(&self) -> Vec<Fault> {
        self.world.lock().faults.list()
    }

    /// Ends all sessions now and says how many there were.
    pub fn expire_sessions(&self) -> usize {
        self.world.expire_sessions(None, EndReason::Admin)
    }

    /// A person logs in as this user in a browser of their own. Where one session of a user may live, the others end.
    pub fn log_in_elsewhere(&self, user: &str) {
        let single = self.world.options.single_session;
        self.world.start_session(None, user, single);
    }

    /// From the next login on, a session's life is drawn from this; without it, a session lives as long as it is used.
    pub fn set_session_life(&self, life: Option<SessionLife>) -> Result<(), OptionError> {
        self.world.set_session_life(life)
    }

    /// How many sessions are alive.
    pub fn sessions_live(&self) -> usize {
        self.world.lock().sessions.count(Instant::now())
    }

    /// The ledger's lines about sessions that ended: when, whose, which and why.
    pub fn session_ends(&self) -> Vec<Entry> {
        self.world.ledger.all(is_session_end)
    }

    /// Waits for the next end of a session after `mark`.
    pub async fn when_session_ends(&self, mark: u64) -> Entry {
        self.when_after(mark, |entry| is_session_end(&entry.event))
            .await
    }

    /// Lets all held requests go on.
    pub fn release(&self) {
        self.world.ledger.release();
    }

    /// Back to the start: sessions, saves, customers and ledger are gone, and only the faults
    /// of the options are on.
    pub fn reset(&self) {
        self.world.reset();
    }

    /// The answer to an open captcha.
    pub fn captcha_answer(&self, id: &str) -> Option<String> {
        self.world.lock().captchas.text(id)
    }

    /// The answer to the open captcha that this picture shows, however it is encoded.
    pub fn captcha_answer_in(&self, png: &[u8]) -> Option<String> {
        let picture = image::load_from_memory(png).ok()?.to_rgb8();
        self.world.lock().captchas.text_in(&picture)
    }

    /// A one-time code that lets this user in now, if there is such a user.
    pub fn one_time_code(&self, user: &str) -> Option<String> {
        self.world.good_code(user, clock::now())
    }

    /// All that happened.
    pub fn ledger(&self) -> Vec<Entry> {
        self.world.ledger.entries()
    }

    /// The sequence number of the newest entry, to wait for later ones with [`Self::when_after`].
    pub fn mark(&self) -> u64 {
        self.world.ledger.last_seq()
    }

    /// Waits for an entry; one that is already in the ledger counts.
    pub async fn when(&self, wanted: impl FnMut(&Entry) -> bool) -> Entry {
        self.world.ledger.when(0, wanted).await
    }

    /// Waits for an entry that is newer than `mark`.
    pub async fn when_after(&self, mark: u64, wanted: impl FnMut(&Entry) -> bool) -> Entry {
        self.world.ledger.when(mark, wanted).await
    }

    /// Every save that arrived, committed or not.
    pub fn saves(&self) -> Vec<Save> {
        self.world.ledger.saves()
    }

    /// The saves of one customer.
    pub fn saves_of(&self, chassis: &str) -> Vec<Save> {
        self.saves()
            .into_iter()
            .filter(|save| save.chassis == chassis)
            .collect()
    }

    /// The customers with more than one committed save, with how many.
    pub fn duplicates(&self) -> BTreeMap<String, usize> {
        duplicates(&self.saves())
    }

    /// The payment links that were asked for.
    pub fn payments(&self) -> Vec<Payment> {
        let pick = |entry: Entry| match entry.event {
            Event::Payment(payment) => Some(payment),
            _ => None,
        };
        self.ledger().into_iter().filter_map(pick).collect()
    }

    /// How often someone tried to log in as this user, whatever came of it.
    pub fn login_tries(&self, user: &str) -> usize {
        let tried =
            |entry: &Entry| matches!(&entry.event, Event::Login { name, .. } if name == user);
        self.ledger().iter().filter(|entry| tried(entry)).count()
    }

    /// How many logins were accepted.
    pub fn logins(&self) -> usize {
        let accepted = |event: &Event| match event {
            Event::Login { outcome, .. } => *outcome == LoginOutcome::Accepted,
            _ => false,
        };
        self.world.ledger.all(accepted).len()
    }

    /// Stops the portal and waits until it has stopped.
    pub async fn shutdown(self) {
        drop(self.stop);
        if let Err(error) = self.serving.await {
            tracing::error!(%error, "the practice portal did not stop cleanly");
        }
    }
}

fn is_session_end(event: &Event) -> bool {
    matches!(event, Event::SessionEnded(_))
}

/// Chassis numbers that were committed more than once.
pub(crate) fn duplicates(saves: &[Save]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for save in saves.iter().filter(|save| save.committed) {
        *counts.entry(save.chassis.clone()).or_insert(0) += 1;
    }
    counts.retain(|_, count| *count > 1);
    counts
}
