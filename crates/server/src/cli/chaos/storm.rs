//! Strikes, one after the other.

use std::{sync::Arc, time::Duration};

use formhand_browser::kill_browsers;
use formhand_domain::{Clock as _, JobEvent, RecoveryRule, RetryPolicy, SystemClock, Writer};
use formhand_practice::{Fault, FaultName, Step};
use formhand_store::{SqliteStore, Store as _, StoreError};
use jiff::SignedDuration;
use rand::rngs::StdRng;
use rustix::process::Signal;
use tokio::sync::watch;

use super::{
    blow::Blow,
    moment::moment,
    report::Counts,
    server::Server,
    stage::{ATTEMPTS, RETRY_MS, Stage},
};
use crate::cli::{CliError, Output, client::Client};

/// Longer than a lease.
const PAUSE: Duration = Duration::from_secs(5);

/// More expired leases than there are workers.
const MOST: u32 = 100;

/// What strikes, and whom.
pub(super) struct Storm<'a> {
    pub(super) stage: &'a Stage,
    pub(super) server: Server,
    /// Tells who has to be asked now.
    pub(super) present: watch::Sender<Arc<Client>>,
    pub(super) random: StdRng,
    pub(super) counts: Counts,
    pub(super) output: Output,
}

impl Storm<'_> {
    /// Strikes until all is done or nothing moves any more.
    pub(super) async fn rage(&mut self, blows: &[Blow]) -> Result<(), CliError> {
        for (done, blow) in blows.iter().enumerate() {
            if !moment(&self.stage.practice, &mut self.random).await {
                break;
            }
            self.strike(*blow).await?;
            if done % 10 == 9 {
                self.output
                    .say(&format!("{} of {} blows", done + 1, blows.len()));
            }
        }
        Ok(())
    }

    async fn strike(&mut self, blow: Blow) -> Result<(), CliError> {
        let profiles = self.stage.profiles();
        match blow {
            Blow::Kill => {
                self.counts.kills += 1;
                self.replace().await?;
            }
            Blow::Pause => {
                self.counts.pauses += 1;
                self.pause().await;
            }
            Blow::Workers => {
                self.counts.browsers += 1;
                kill_browsers(&profiles, "worker-");
            }
            Blow::Master => {
                self.counts.browsers += 1;
                kill_browsers(&profiles, "master-");
            }
            Blow::Expire => {
                self.counts.expiries += 1;
                self.stage.practice.expire_sessions();
            }
            Blow::CutBefore => self.cut(FaultName::CutBefore),
            Blow::CutAfter => self.cut(FaultName::CutAfter),
        }
        Ok(())
    }

    fn cut(&mut self, name: FaultName) {
        let fault = Fault::new(name).step(Step::Save).once();
        if self.stage.practice.add_fault(fault).is_ok() {
            self.counts.cuts += 1;
        }
    }

    async fn replace(&mut self) -> Result<(), CliError> {
        self.server.kill().await;
        self.server = self.stage.serve().await?;
        self.present.send_replace(Arc::clone(&self.server.client));
        Ok(())
    }

    /// While a server stands still, another one takes over what its leases no longer cover.
    async fn pause(&mut self) {
        self.server.signal(Signal::STOP);
        tokio::time::sleep(PAUSE).await;
        // A server that was stopped in the middle of a write keeps everybody from writing. Then it finds out itself.
        let taken = tokio::time::timeout(PAUSE, take_over(self.stage)).await;
        if let Ok(Ok(taken)) = taken {
            self.counts.taken_over += taken;
        }
        self.server.signal(Signal::CONT);
    }
}

async fn take_over(stage: &Stage) -> Result<usize, StoreError> {
    let other = SqliteStore::open(stage.database())?;
    let now = SystemClock.now();
    let mut taken = 0;
    for job in other.expired(now, MOST).await? {
        let event = JobEvent::LeaseEnded {
            retry: RetryPolicy {
                max_attempts: ATTEMPTS,
                first_delay: SignedDuration::from_millis(RETRY_MS),
            },
            random: 0.5,
            rule: RecoveryRule::Expired,
        };
        // Refused: it ended meanwhile.
        taken += usize::from(other.apply(job.id, Writer::Queue, event, now).await.is_ok());
    }
    other.close().await?;
    Ok(taken)
}
