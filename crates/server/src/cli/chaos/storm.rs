//! Strikes, one after the other.

use std::{sync::Arc, time::Duration};

use formhand_browser::{NETWORK_PROCESS, kill_browsers};
use formhand_domain::{Clock as _, JobEvent, RecoveryRule, RetryPolicy, SystemClock, Writer};
use formhand_practice::{Fault, FaultName, Step};
use formhand_store::StoreError;
use jiff::{SignedDuration, Timestamp};
use rand::{RngExt as _, rngs::StdRng};
use rustix::process::Signal;
use tokio::sync::watch;

use super::{
    blow::Blow,
    course::Course,
    full_disk,
    moment::{Aim, moment},
    processes,
    server::Server,
    stage::{ATTEMPTS, PAUSE, RETRY_MS, Stage},
};
use crate::cli::{CliError, Exit, Output, client::Client};

/// More expired leases than there are workers.
const MOST: u32 = 100;

/// So many moments that do not come, one after the other, and the servers do nothing any more.
const PATIENCE: usize = 5;

/// One of so many servers is killed before it serves, or little later.
const STILL_BORN: u32 = 8;

/// A blow that was struck.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strike {
    pub(super) blow: Blow,
    pub(super) at: Timestamp,
    /// When it was over: what was struck is there again.
    pub(super) until: Timestamp,
}

impl Strike {
    /// Whether some of it is in this time, or so shortly before or after it.
    pub(super) fn meets(&self, from: Timestamp, until: Timestamp, margin: SignedDuration) -> bool {
        self.at.duration_since(until) <= margin && from.duration_since(self.until) <= margin
    }
}

/// What strikes, and whom.
pub(super) struct Storm<'a> {
    pub(super) stage: &'a Stage,
    pub(super) servers: Vec<Server>,
    /// Tells who has to be asked now.
    pub(super) present: watch::Sender<Arc<Client>>,
    pub(super) course: watch::Sender<Course>,
    /// Whether all blows are aimed at the submit.
    pub(super) at_the_submit: bool,
    pub(super) random: StdRng,
    pub(super) strikes: Vec<Strike>,
    /// Jobs that were taken from the only server while it stood still.
    pub(super) taken_over: usize,
    /// Servers that were killed at their start, beside those of the plan.
    pub(super) still_born: usize,
    pub(super) output: Output,
}

impl Storm<'_> {
    /// Strikes until all is done. An error if nothing moves any more.
    pub(super) async fn rage(&mut self, blows: &[Blow]) -> Result<(), CliError> {
        let mut in_vain = 0;
        for (done, blow) in (1..).zip(blows) {
            let aim = Aim::draw(self.at_the_submit, &mut self.random);
            let came = moment(&self.stage.practice, aim, &mut self.random).await;
            in_vain = if came { 0 } else { in_vain + 1 };
            if in_vain == PATIENCE {
                let message = format!("the servers do nothing any more, after {done} blows");
                return Err(CliError::new(Exit::Negative, message));
            }
            let at = SystemClock.now();
            self.strike(*blow).await?;
            self.strikes.push(Strike {
                blow: *blow,
                at,
                until: SystemClock.now(),
            });
            self.course.send_modify(|course| course.struck = done);
            if done % 10 == 0 {
                self.output.say(&format!("{done} of {} blows", blows.len()));
            }
        }
        self.course.send_modify(|course| course.over = true);
        Ok(())
    }

    async fn strike(&mut self, blow: Blow) -> Result<(), CliError> {
        let place = self.random.random_range(0..self.servers.len());
        let profiles = self.stage.profiles(place);
        match blow {
            Blow::Kill => self.replace(place).await?,
            Blow::Pause => self.pause(place).await,
            Blow::Workers => drop(kill_browsers(&profiles, "worker-")),
            // Only one server has it.
            Blow::Master => self.kill_masters(),
            Blow::Renderers => self.kill_parts(place, processes::RENDERER),
            Blow::Network => self.kill_parts(place, NETWORK_PROCESS),
            Blow::Expire => drop(self.stage.practice.expire_sessions()),
            Blow::CutBefore => self.cut(FaultName::CutBefore)?,
            Blow::CutAfter => self.cut(FaultName::CutAfter)?,
            Blow::FullDisk => self.fill_disk(place).await,
            Blow::DatabaseKill => self.stage.base.kill(&mut self.random).await?,
            Blow::DatabasePause => self.stage.base.pause(&mut self.random).await?,
            Blow::DatabaseFault => self.stage.base.fail(&mut self.random).await?,
        }
        Ok(())
    }

    async fn replace(&mut self, place: usize) -> Result<(), CliError> {
        self.servers[place].kill().await;
        let mut others = (0..self.servers.len()).filter(|other| *other != place);
        if let Some(other) = others.next_back() {
            // Whoever hands in need not wait.
            self.ask(other);
        }
        if self.random.random_ratio(1, STILL_BORN) {
            let lived = Duration::from_millis(self.random.random_range(0..600));
            self.stage.serve_in_vain(place, lived).await?;
            self.still_born += 1;
        }
        self.servers[place] = self.stage.serve(place).await?;
        self.ask(place);
        Ok(())
    }

    /// This server is handed in to from now on.
    fn ask(&self, place: usize) {
        let client = Arc::clone(&self.servers[place].client);
        self.present.send_replace(client);
    }

    /// While a server stands still, another one takes over what its leases no longer cover.
    async fn pause(&mut self, place: usize) {
        self.servers[place].signal(Signal::STOP);
        tokio::time::sleep(PAUSE).await;
        if self.servers.len() == 1 {
            // A server that was stopped in the middle of a write keeps everybody from writing. Then it finds out itself.
            let taken = tokio::time::timeout(PAUSE, take_over(self.stage)).await;
            if let Ok(Ok(taken)) = taken {
                self.taken_over += taken;
            }
        }
        self.servers[place].signal(Signal::CONT);
    }

    fn kill_masters(&self) {
        for place in 0..self.servers.len() {
            kill_browsers(&self.stage.profiles(place), "master-");
        }
    }

    /// Most of them, so that some browsers stand with some of their parts gone.
    fn kill_parts(&mut self, place: usize, kind: &str) {
        let mut parts = processes::parts(self.servers[place].pid(), kind);
        parts.retain(|_| self.random.random_bool(0.7));
        processes::kill(&parts);
    }

    fn cut(&mut self, name: FaultName) -> Result<(), CliError> {
        let fault = Fault::new(name).step(Step::Save).once();
        let added = self.stage.practice.add_fault(fault);
        added.map_err(|error| CliError::new(Exit::Internal, error))
    }

    async fn fill_disk(&mut self, place: usize) {
        let server = self.servers[place].pid();
        full_disk::fill(server);
        // Shorter and longer than what a job takes, and than a lease.
        let length = Duration::from_millis(self.random.random_range(200..4_000));
        tokio::time::sleep(length).await;
        full_disk::make_room(server);
    }
}

async fn take_over(stage: &Stage) -> Result<usize, StoreError> {
    let other = stage.base.open().await?;
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
